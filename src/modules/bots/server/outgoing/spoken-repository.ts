import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import { dialogs, messages } from "@/db/schema/dialogs";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";

/** A stored message of the team's side with all that putting it into the outbox needs. */
export async function findSpoken(db: Db, workspaceId: WorkspaceId, messageId: string) {
  const [row] = await db
    .select({
      author: messages.author,
      text: messages.text,
      isRemoved: sql<boolean>`${messages.removedAt} is not null`,
      citations: messages.citations,
      attachment: messages.attachment,
      speaker: users.name,
      dialogId: dialogs.id,
      visitorKey: dialogs.visitorKey,
      visitorLocale: dialogs.visitorLocale,
      handoffStatus: dialogs.handoffStatus,
      language: assistants.language,
      /** Null once the bot of the dialog is gone or silent. */
      botId: bots.id,
      lastQuestion: sql<string>`coalesce((select q.text from messages q where q.dialog_id = ${dialogs.id} and q.author = 'visitor'
        order by q.seq desc limit 1), '')`,
      hasParts: sql<boolean>`exists (select from outbox_messages o where o.message_id = ${messages.id})`,
    })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .leftJoin(bots, and(eq(bots.id, dialogs.botId), eq(bots.workspaceId, dialogs.workspaceId), eq(bots.isActive, true)))
    .leftJoin(users, eq(users.id, messages.userId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId), eq(dialogs.channel, "telegram")));
  return row;
}

/** Marks a message that no bot can carry. False when it is in a final state already. */
export async function markUndeliverable(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<boolean> {
  const rows = await db
    .update(messages)
    .set({ delivery: "failed" })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId), eq(messages.delivery, "queued")))
    .returning({ id: messages.id });
  return rows.length > 0;
}
