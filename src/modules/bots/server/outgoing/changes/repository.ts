import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DeliveryState } from "@/db/enums";
import { bots } from "@/db/schema/bots";
import { dialogs, messages, type StoredChange } from "@/db/schema/dialogs";
import { outboxMessages } from "@/db/schema/outbox";
import type { WorkspaceId } from "@/lib/brand";
import { type NewPart, worstState } from "../repository";

/** A change that waits to be carried to its channel, with the bot that has to do it; undefined when none waits. */
export async function findWaitingChange(db: Db, workspaceId: WorkspaceId, messageId: string) {
  const [row] = await db
    .select({
      change: messages.channelChange,
      isRemoved: sql<boolean>`${messages.removedAt} is not null`,
      createdAt: messages.createdAt,
      dialogId: dialogs.id,
      visitorKey: dialogs.visitorKey,
      businessConnectionId: dialogs.businessConnectionId,
      /** Null once the bot of the dialog is gone or silent. */
      botId: bots.id,
      tokenSealed: bots.tokenSealed,
      botStatus: bots.status,
    })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .leftJoin(bots, and(eq(bots.id, dialogs.botId), eq(bots.workspaceId, dialogs.workspaceId), eq(bots.isActive, true)))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
  return row?.change?.state === "queued" ? { ...row, change: row.change } : undefined;
}

export type WaitingChange = NonNullable<Awaited<ReturnType<typeof findWaitingChange>>>;

/** What left of a message, part by part. */
export async function listSentParts(db: Db, workspaceId: WorkspaceId, messageId: string) {
  return db
    .select({
      id: outboxMessages.id,
      part: outboxMessages.part,
      state: outboxMessages.state,
      html: outboxMessages.html,
      externalId: outboxMessages.externalId,
      retractedAt: outboxMessages.retractedAt,
      isFile: sql<boolean>`${outboxMessages.file} is not null`,
    })
    .from(outboxMessages)
    .where(and(eq(outboxMessages.workspaceId, workspaceId), eq(outboxMessages.messageId, messageId)))
    .orderBy(asc(outboxMessages.part));
}

export type SentPart = Awaited<ReturnType<typeof listSentParts>>[number];

/** Other words for a part, as long as it is in one of the states. False when it left that state meanwhile. */
export async function rewritePart(
  db: Db,
  workspaceId: WorkspaceId,
  partId: string,
  { html, plain }: NewPart,
  from: readonly DeliveryState[],
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(outboxMessages)
    .set({ html, plain, updatedAt: now })
    .where(ofPart(workspaceId, partId, from))
    .returning({ id: outboxMessages.id });
  return rows.length > 0;
}

/** A sent part that its channel does not show any more. */
export async function markRetracted(db: Db, workspaceId: WorkspaceId, partId: string, now: Date): Promise<void> {
  await db
    .update(outboxMessages)
    .set({ retractedAt: now })
    .where(ofPart(workspaceId, partId, ["sent"]));
}

/** Forgets a part that nobody has seen, as long as it is in that state. False when it left meanwhile. */
export async function dropPart(
  db: Db,
  workspaceId: WorkspaceId,
  partId: string,
  from: DeliveryState,
): Promise<boolean> {
  const rows = await db
    .delete(outboxMessages)
    .where(ofPart(workspaceId, partId, [from]))
    .returning({ id: outboxMessages.id });
  return rows.length > 0;
}

/** Shows how a message fared by the parts that are left of it; of one that was taken back before it had any, nothing. */
export async function refreshDelivery(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<void> {
  await db.execute(sql`
    update messages set delivery = coalesce((select ${worstState} from outbox_messages where message_id = ${messageId}::uuid having count(*) > 0),
      case when removed_at is null then delivery end)
    where id = ${messageId}::uuid and workspace_id = ${workspaceId}::uuid`);
}

/** A part that was taken back leaves once more, with new words. */
export async function sendPartAnew(
  db: Db,
  workspaceId: WorkspaceId,
  partId: string,
  { html, plain }: NewPart,
  now: Date,
): Promise<void> {
  await db
    .update(outboxMessages)
    .set({ html, plain, state: "queued", externalId: null, retractedAt: null, updatedAt: now })
    .where(ofPart(workspaceId, partId, ["sent"]));
}

/** Says how the change that was asked for at `at` ended. False when a later one has taken its place. */
export async function settleChange(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  change: StoredChange,
): Promise<boolean> {
  const rows = await db
    .update(messages)
    .set({ channelChange: change })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.id, messageId),
        sql`${messages.channelChange} ->> 'state' = 'queued' and ${messages.channelChange} ->> 'at' = ${change.at}`,
      ),
    )
    .returning({ id: messages.id });
  return rows.length > 0;
}

function ofPart(workspaceId: WorkspaceId, partId: string, from: readonly DeliveryState[]) {
  return and(
    eq(outboxMessages.workspaceId, workspaceId),
    eq(outboxMessages.id, partId),
    inArray(outboxMessages.state, [...from]),
  );
}
