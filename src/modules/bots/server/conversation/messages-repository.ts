import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Author, DeliveryState } from "@/db/enums";
import { dialogs, messages, type StoredAttachment } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt, storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";

export async function findMessageByClientId(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  clientId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), eq(messages.clientId, clientId)),
    );
  return row?.id ?? null;
}

/**
 * A visitor's message by the channel's key, and whether its answer is still to come: nobody of the team's side has spoken
 * since, and its turn did not fail for good.
 */
export async function findMessageByExternalId(db: Db, workspaceId: WorkspaceId, externalId: string) {
  const isWaiting = sql<boolean>`${messages.author} = 'visitor' and ${dialogs.status} = 'open' and not exists (
    select 1 from messages later where later.dialog_id = ${messages.dialogId}
      and (later.author in ('assistant', 'operator') and later.seq > ${messages.seq} or later.client_id = 'failed:' || ${messages.id}))`;
  const [row] = await db
    .select({
      id: messages.id,
      dialogId: messages.dialogId,
      text: messages.text,
      attachment: messages.attachment,
      versions: messages.versions,
      removedAt: messages.removedAt,
      isWaiting,
    })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.externalId, externalId)))
    .orderBy(desc(messages.createdAt))
    .limit(1);
  return row ?? null;
}

// Telegram puts at most ten things into an album, and others may talk between them.
const ALBUM_WINDOW = 40;

/** Whether another picture of an album is among the newest messages of a person's open dialog. */
export async function hasAlbum(
  db: Db,
  workspaceId: WorkspaceId,
  { assistantId, visitorKey }: { assistantId: string; visitorKey: string },
  albumId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: messages.id })
    .from(dialogs)
    .innerJoin(messages, eq(messages.dialogId, dialogs.id))
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.assistantId, assistantId),
        eq(dialogs.channel, "telegram"),
        eq(dialogs.visitorKey, visitorKey),
        eq(dialogs.status, "open"),
        eq(messages.author, "visitor"),
        sql`${messages.seq} > ${dialogs.messageSeq} - ${ALBUM_WINDOW}::int`,
        sql`${messages.attachment} ->> 'albumId' = ${albumId}`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

type Revision = Partial<
  Pick<typeof messages.$inferInsert, "text" | "attachment" | "versions" | "editedAt" | "removedAt">
>;

export async function reviseMessage(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  revision: Revision,
): Promise<void> {
  await db
    .update(messages)
    .set(revision)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
}

export type NewMessage = {
  dialogId: string;
  author: Exclude<Author, "visitor">;
  clientId: string;
  text: string;
  delivery?: DeliveryState;
  attachment?: StoredAttachment | null;
  externalId?: string;
  /** Something of ours that is no part of the talk: the list of dialogs keeps its place. */
  isQuiet?: boolean;
};

/** Takes the dialog's next number and writes the message under it; the dialog's row is locked from here to the commit. */
export async function appendMessage(
  db: Db,
  workspaceId: WorkspaceId,
  { isQuiet = false, ...message }: NewMessage,
  now: Date,
): Promise<string> {
  const text = storable(message.text);
  const preview = { lastMessage: excerpt(text, dialogLimits.previewChars), lastMessageAt: now };
  const [dialog] = await db
    .update(dialogs)
    .set({ messageSeq: sql`${dialogs.messageSeq} + 1`, ...(isQuiet ? {} : preview) })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, message.dialogId)))
    .returning({ seq: dialogs.messageSeq });
  if (!dialog) throw new Error("The dialog of the message is gone.");
  const [row] = await db
    .insert(messages)
    .values({ ...message, text, workspaceId, seq: dialog.seq, createdAt: now })
    .returning({ id: messages.id });
  if (!row) throw new Error("The insert returned no row.");
  return row.id;
}
