import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs, messages, type StoredChange, type StoredVersion } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";

// Nobody reads more, and a person who edits all day must not fill the table.
const KEPT_VERSIONS = 20;

/** A message with its dialog; both rows are held until the transaction ends, the dialog's first as everywhere. */
export async function holdMessage(db: Db, workspaceId: WorkspaceId, messageId: string) {
  const ofMessage = and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId));
  const [known] = await db.select({ dialogId: messages.dialogId }).from(messages).where(ofMessage);
  if (!known) return undefined;
  const [dialog] = await db
    .select({ channel: dialogs.channel })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, known.dialogId)))
    .for("no key update");
  const [message] = await db
    .select({
      id: messages.id,
      dialogId: messages.dialogId,
      author: messages.author,
      userId: messages.userId,
      text: messages.text,
      attachment: messages.attachment,
      versions: messages.versions,
      removedAt: messages.removedAt,
      change: messages.channelChange,
      delivery: messages.delivery,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(ofMessage)
    .for("no key update");
  return dialog && message && { ...message, channel: dialog.channel };
}

export type HeldMessage = NonNullable<Awaited<ReturnType<typeof holdMessage>>>;

type Revision = {
  text: string;
  versions: StoredVersion[];
  channelChange: StoredChange | null;
  editedAt?: Date;
  removedAt?: Date;
  removedBy?: string;
};

export const withVersion = (versions: readonly StoredVersion[], text: string, at: Date): StoredVersion[] =>
  [...versions, { text, at: at.toISOString() }].slice(-KEPT_VERSIONS);

export async function reviseMessage(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  revision: Partial<Revision>,
): Promise<void> {
  await db
    .update(messages)
    .set(revision)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
}

/** Shows the last words that still stand as the dialog's last message. */
export async function refreshPreview(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<void> {
  const [last] = await db
    .select({ text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.dialogId, dialogId),
        sql`${messages.author} <> 'system' and ${messages.removedAt} is null`,
      ),
    )
    .orderBy(sql`${messages.seq} desc`)
    .limit(1);
  await db
    .update(dialogs)
    .set({ lastMessage: excerpt(last?.text ?? "", dialogLimits.previewChars) })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}
