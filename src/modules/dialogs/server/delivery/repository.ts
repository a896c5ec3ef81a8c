import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { messages } from "@/db/schema/dialogs";
import { outboxMessages } from "@/db/schema/outbox";
import type { WorkspaceId } from "@/lib/brand";

/** A message that leaves through a channel; its row is held until the transaction ends. */
export async function lockMessage(db: Db, workspaceId: WorkspaceId, messageId: string) {
  const [row] = await db
    .select({ dialogId: messages.dialogId, delivery: messages.delivery })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)))
    .for("no key update");
  return row;
}

export async function messageExists(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<boolean> {
  const rows = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
  return rows.length > 0;
}

/** The parts of a message with their timelines, in the order in which they leave. */
export async function listParts(db: Db, workspaceId: WorkspaceId, messageId: string) {
  return db
    .select({
      part: outboxMessages.part,
      state: outboxMessages.state,
      attempts: outboxMessages.attempts,
      history: outboxMessages.history,
    })
    .from(outboxMessages)
    .where(and(eq(outboxMessages.workspaceId, workspaceId), eq(outboxMessages.messageId, messageId)))
    .orderBy(asc(outboxMessages.part));
}

/** Queues the failed and uncertain parts of a message again, and says so in their timelines. */
export async function requeueParts(db: Db, workspaceId: WorkspaceId, messageId: string, now: Date): Promise<void> {
  const step = JSON.stringify([{ state: "queued", at: now.toISOString(), reason: "retried" }]);
  await db.execute(sql`
    update outbox_messages set state = 'queued', error = null, history = history || ${step}::text::jsonb, updated_at = ${now.toISOString()}::timestamptz
    where workspace_id = ${workspaceId}::uuid and message_id = ${messageId}::uuid and state in ('failed', 'uncertain') and retracted_at is null`);
}

/** Shows a failed or uncertain message as waiting. False when it is in another state, for instance since a twin's call. */
export async function markWaiting(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<boolean> {
  const rows = await db
    .update(messages)
    .set({ delivery: "queued" })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.id, messageId),
        sql`${messages.delivery} in ('failed', 'uncertain') and ${messages.removedAt} is null`,
      ),
    )
    .returning({ id: messages.id });
  return rows.length > 0;
}
