import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import type { DeliveryState } from "@/db/enums";
import { bots, telegramUpdates } from "@/db/schema/bots";
import { dialogs, messages, outboxMessages } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

export type NewPart = { html: string; plain: string };

/** Writes the parts of a message to the outbox; a repeat finds them there and changes nothing. */
export async function insertParts(
  db: Db,
  workspaceId: WorkspaceId,
  message: { dialogId: string; messageId: string; botId: string; parts: readonly NewPart[] },
): Promise<void> {
  const { parts, ...common } = message;
  if (parts.length === 0) return;
  await db
    .insert(outboxMessages)
    .values(parts.map((part, index) => ({ ...common, ...part, workspaceId, part: index })))
    .onConflictDoNothing();
}

/** A dialog with the bot that its replies leave through; null once the bot is gone or silenced. */
export async function findRoute(db: Db, dialogId: string) {
  const [row] = await db
    .select({
      workspaceId: dialogs.workspaceId,
      dialogId: dialogs.id,
      visitorKey: dialogs.visitorKey,
      botId: bots.id,
      tokenSealed: bots.tokenSealed,
      botName: bots.name,
      status: bots.status,
    })
    .from(dialogs)
    .innerJoin(bots, and(eq(bots.id, dialogs.botId), eq(bots.workspaceId, dialogs.workspaceId)))
    .where(and(eq(dialogs.id, dialogId), eq(bots.isActive, true)));
  // The dialog and its bot are of one tenant, as the join demands.
  return row ? { ...row, workspaceId: row.workspaceId as WorkspaceId } : null;
}

/** Parts that a process was sending when it died: they may have arrived, so nobody sends them again. */
export async function markInterrupted(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  return db
    .update(outboxMessages)
    .set({ state: "uncertain", error: "interrupted" })
    .where(
      and(
        eq(outboxMessages.workspaceId, workspaceId),
        eq(outboxMessages.dialogId, dialogId),
        eq(outboxMessages.state, "sending"),
      ),
    )
    .returning({ messageId: outboxMessages.messageId });
}

/** Takes the oldest waiting part of a dialog; two deliverers never take the same one. */
export async function claimPart(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const oldest = db
    .select({ id: outboxMessages.id })
    .from(outboxMessages)
    .innerJoin(messages, eq(messages.id, outboxMessages.messageId))
    .where(
      and(
        eq(outboxMessages.workspaceId, workspaceId),
        eq(outboxMessages.dialogId, dialogId),
        eq(outboxMessages.state, "queued"),
      ),
    )
    .orderBy(asc(messages.seq), asc(outboxMessages.part))
    .limit(1);
  const [part] = await db
    .update(outboxMessages)
    .set({ state: "sending", attempts: sql`${outboxMessages.attempts} + 1` })
    .where(and(inArray(outboxMessages.id, oldest), eq(outboxMessages.state, "queued")))
    .returning({
      id: outboxMessages.id,
      messageId: outboxMessages.messageId,
      part: outboxMessages.part,
      html: outboxMessages.html,
      plain: outboxMessages.plain,
    });
  return part ?? null;
}

export async function settlePart(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  outcome: { state: DeliveryState; externalId?: string; error?: string | null },
): Promise<void> {
  await db
    .update(outboxMessages)
    .set({ error: null, ...outcome })
    .where(and(eq(outboxMessages.workspaceId, workspaceId), eq(outboxMessages.id, id)));
}

/** Gives up the parts of a dialog that wait, for instance because the visitor blocked the bot. */
export async function failWaiting(db: Db, workspaceId: WorkspaceId, dialogId: string, error: string) {
  return db
    .update(outboxMessages)
    .set({ state: "failed", error })
    .where(
      and(
        eq(outboxMessages.workspaceId, workspaceId),
        eq(outboxMessages.dialogId, dialogId),
        eq(outboxMessages.state, "queued"),
      ),
    )
    .returning({ messageId: outboxMessages.messageId });
}

/** The state of a whole message from its parts: the worst one wins, and it is sent only when all are. */
export async function refreshDelivery(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<void> {
  const state = sql<DeliveryState>`(
    select case
      when bool_or(state = 'failed') then 'failed'
      when bool_or(state = 'uncertain') then 'uncertain'
      when bool_or(state = 'sending') then 'sending'
      when bool_or(state = 'queued') then 'queued'
      else 'sent' end
    from outbox_messages where message_id = ${messageId}::uuid)`;
  await db
    .update(messages)
    .set({ delivery: state })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
}

/** Telegram's id of the message that an answer belongs to; for groups, where several people talk at once. */
export async function findQuestionId(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<number | null> {
  const answer = alias(messages, "answer");
  const [row] = await db
    .select({ id: sql<number | null>`(${telegramUpdates.payload} #>> '{message,message_id}')::bigint` })
    .from(answer)
    .innerJoin(messages, eq(messages.id, answer.replyToId))
    .innerJoin(dialogs, eq(dialogs.id, answer.dialogId))
    .innerJoin(
      telegramUpdates,
      and(eq(telegramUpdates.botId, dialogs.botId), sql`'tg:' || ${telegramUpdates.updateId} = ${messages.clientId}`),
    )
    .where(and(eq(answer.workspaceId, workspaceId), eq(answer.id, messageId)));
  return row?.id === null || row === undefined ? null : Number(row.id);
}

export async function listWaitingDialogs(db: Db, workspaceId: WorkspaceId, botId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ dialogId: outboxMessages.dialogId })
    .from(outboxMessages)
    .where(
      and(
        eq(outboxMessages.workspaceId, workspaceId),
        eq(outboxMessages.botId, botId),
        eq(outboxMessages.state, "queued"),
      ),
    );
  return rows.map(({ dialogId }) => dialogId);
}
