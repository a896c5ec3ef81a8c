import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import type { BotStatus, DeliveryState } from "@/db/enums";
import { executePrepared } from "@/db/prepared";
import { bots } from "@/db/schema/bots";
import { dialogs, messages } from "@/db/schema/dialogs";
import { outboxMessages, type StoredButtons, type StoredOutgoingFile } from "@/db/schema/outbox";
import type { WorkspaceId } from "@/lib/brand";
import { appended, timelineStep } from "./timeline-repository";

/** The words of a part; beside a file they are its caption and may be empty. */
export type NewPart = { html: string; plain: string; buttons?: StoredButtons; file?: StoredOutgoingFile };

/** What a delivery needs to know of its dialog before it takes a part. */
export type Route = { workspaceId: WorkspaceId; dialogId: string; botId: string; visitorKey: string };

export type ClaimedPart = {
  id: string;
  messageId: string;
  part: number;
  html: string;
  plain: string;
  buttons: StoredButtons | null;
  file: StoredOutgoingFile | null;
};

export type Claim = {
  botId: string;
  tokenSealed: string;
  status: BotStatus;
  businessConnectionId: string | null;
  /** Until when Telegram asked this bot to be silent. */
  quietUntil: Date | null;
  /** Until when another process may be sending a part of this dialog. */
  busyUntil: Date | null;
  part: ClaimedPart | null;
};

/** Writes the parts of a message to the outbox; a repeat finds them there and changes nothing. */
export async function insertParts(
  db: Db,
  workspaceId: WorkspaceId,
  message: { dialogId: string; messageId: string; botId: string; parts: readonly NewPart[] },
  now: Date,
): Promise<void> {
  const { parts, ...common } = message;
  if (parts.length === 0) return;
  const history = [timelineStep("queued", now)];
  await db
    .insert(outboxMessages)
    .values(parts.map((part, index) => ({ ...common, ...part, workspaceId, part: index, history, createdAt: now })))
    .onConflictDoNothing();
}

/** A dialog with the bot that its replies leave through; null once the bot is gone or silent. */
export async function findRoute(db: Db, dialogId: string): Promise<Route | null> {
  const [row] = await db
    .select({
      workspaceId: dialogs.workspaceId,
      dialogId: dialogs.id,
      visitorKey: dialogs.visitorKey,
      botId: bots.id,
    })
    .from(dialogs)
    .innerJoin(bots, and(eq(bots.id, dialogs.botId), eq(bots.workspaceId, dialogs.workspaceId)))
    .where(and(eq(dialogs.id, dialogId), eq(bots.isActive, true)));
  // The dialog and its bot are of one tenant, as the join demands.
  return row ? { ...row, workspaceId: row.workspaceId as WorkspaceId } : null;
}

type ClaimRow = Omit<Claim, "quietUntil" | "busyUntil"> & { quietUntil: string | null; busyUntil: string | null };

/**
 * Takes the oldest waiting part of a dialog, in one round trip with all that sending it needs. Takes none while another
 * part of the dialog is being sent: a unique index allows one, so of two processes the second is refused by the database.
 * Null once the bot is gone or silent.
 */
export async function claimPart(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  { now, leaseMs, fileLeaseMs = leaseMs }: { now: Date; leaseMs: number; fileLeaseMs?: number },
): Promise<Claim | null> {
  const at = now.toISOString();
  const leasedUntil = new Date(now.getTime() + leaseMs).toISOString();
  const fileLeasedUntil = new Date(now.getTime() + fileLeaseMs).toISOString();
  const [row] = await executePrepared<ClaimRow>(
    db,
    sql`
    with route as (
      select b.id, b.token_sealed, b.status, b.quiet_until, d.business_connection_id
      from dialogs d join bots b on b.id = d.bot_id and b.workspace_id = d.workspace_id and b.is_active
      where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid
    ), busy as (
      select leased_until from outbox_messages where dialog_id = ${dialogId}::uuid and state = 'sending'
    ), oldest as (
      select o.id from outbox_messages o join messages m on m.id = o.message_id
      where o.dialog_id = ${dialogId}::uuid and o.workspace_id = ${workspaceId}::uuid and o.state = 'queued'
      order by m.seq, o.part limit 1
    ), claimed as (
      update outbox_messages o set state = 'sending', attempts = o.attempts + 1, 
        leased_until = case when o.file is null then ${leasedUntil}::timestamptz else ${fileLeasedUntil}::timestamptz end,
        history = ${appended(timelineStep("sending", now))}, updated_at = ${at}::timestamptz
      from route, oldest
      where o.id = oldest.id and o.state = 'queued' and not exists (select from busy)
        and route.status <> 'invalid_token' and coalesce(route.quiet_until <= ${at}::timestamptz, true)
      returning o.id, o.message_id as "messageId", o.part, o.html, o.plain, o.buttons, o.file
    ), shown as (
      update messages set delivery = 'sending' where id = (select "messageId" from claimed) and workspace_id = ${workspaceId}::uuid
    )
    select route.id as "botId", route.token_sealed as "tokenSealed", route.status, route.business_connection_id as "businessConnectionId",
      case when route.quiet_until > ${at}::timestamptz then route.quiet_until end as "quietUntil",
      (select leased_until from busy) as "busyUntil", (select row_to_json(claimed) from claimed) as part
    from route`,
  );
  return row ? { ...row, quietUntil: instantOf(row.quietUntil), busyUntil: instantOf(row.busyUntil) } : null;
}

export type Outcome = { state: DeliveryState; reason?: string; error?: string; externalId?: string };

/**
 * Records how a part fared and, from all parts, how its message did. Tells whether more parts of the dialog wait. A part
 * that was given up as uncertain meanwhile still becomes `sent` when it was.
 */
export async function settlePart(
  db: Db,
  workspaceId: WorkspaceId,
  part: { id: string; messageId: string; dialogId: string },
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const { state, reason, error = reason, externalId } = outcome;
  const [row] = await executePrepared<{ hasMore: boolean }>(
    db,
    sql`
    with settled as (
      update outbox_messages o set state = ${state}, error = ${error ?? null}::text, external_id = coalesce(${externalId ?? null}::text, o.external_id),
        leased_until = null, history = ${appended(timelineStep(state, now, reason))}, updated_at = ${now.toISOString()}::timestamptz
      where o.id = ${part.id}::uuid and o.workspace_id = ${workspaceId}::uuid
        and (o.state = 'sending' or o.state = 'uncertain' and ${state} = 'sent')
      returning o.id
    ), states as (
      select state from outbox_messages where message_id = ${part.messageId}::uuid and id <> ${part.id}::uuid union all select ${state}
    ), told as (
      update messages set delivery = (select ${worstState} from states)
      where id = ${part.messageId}::uuid and workspace_id = ${workspaceId}::uuid and exists (select from settled)
    )
    select exists (select from outbox_messages where dialog_id = ${part.dialogId}::uuid and state = 'queued') as "hasMore"`,
  );
  return row?.hasMore ?? false;
}

/** The worst state of a message's parts wins, and it is sent only when all are. */
export const worstState = sql.raw(`case
  when bool_or(state = 'failed') then 'failed' when bool_or(state = 'uncertain') then 'uncertain'
  when bool_or(state = 'sending') then 'sending' when bool_or(state = 'queued') then 'queued' else 'sent' end`);

/** Parts whose sender died: they may have arrived, so nobody sends them again unasked. */
export async function markInterrupted(db: Db, workspaceId: WorkspaceId, dialogId: string, now: Date) {
  return endParts(db, workspaceId, { state: "uncertain", reason: "interrupted" }, now, [
    sql`o.dialog_id = ${dialogId}::uuid`,
    sql`o.state = 'sending'`,
    sql`o.leased_until <= ${now.toISOString()}::timestamptz`,
  ]);
}

/** Gives up the parts of a dialog that wait, for instance because the visitor blocked the bot. */
export async function failWaiting(db: Db, workspaceId: WorkspaceId, dialogId: string, reason: string, now: Date) {
  const which = [sql`o.dialog_id = ${dialogId}::uuid`, sql`o.state = 'queued'`];
  return endParts(db, workspaceId, { state: "failed", reason }, now, which);
}

/** Gives up the waiting parts of one message that no bot can carry. */
export async function failWaitingOfMessage(db: Db, workspaceId: WorkspaceId, messageId: string, now: Date) {
  const which = [sql`o.message_id = ${messageId}::uuid`, sql`o.state = 'queued'`];
  return endParts(db, workspaceId, { state: "failed", reason: "bot-disconnected" }, now, which);
}

/** Gives up all that waits for a bot that is being disconnected. */
export async function failWaitingOfBot(db: Db, workspaceId: WorkspaceId, botId: string, reason: string, now: Date) {
  const which = [sql`o.bot_id = ${botId}::uuid`, sql`o.state = 'queued'`];
  return endParts(db, workspaceId, { state: "failed", reason }, now, which);
}

/** Ends parts and refreshes their messages. Returns the messages, each once. */
async function endParts(
  db: Db,
  workspaceId: WorkspaceId,
  { state, reason }: { state: DeliveryState; reason: string },
  now: Date,
  which: SQL[],
): Promise<string[]> {
  const ended = await db.execute<{ messageId: string }>(sql`
    update outbox_messages o set state = ${state}, error = ${reason}, leased_until = null,
      history = ${appended(timelineStep(state, now, reason))}, updated_at = ${now.toISOString()}::timestamptz
    where o.workspace_id = ${workspaceId}::uuid and ${and(...which)}
    returning o.message_id as "messageId"`);
  const messageIds = [...new Set(ended.map(({ messageId }) => messageId))];
  for (const messageId of messageIds) {
    await db.execute(sql`
      update messages set delivery = (select ${worstState} from outbox_messages where message_id = ${messageId}::uuid)
      where id = ${messageId}::uuid and workspace_id = ${workspaceId}::uuid`);
  }
  return messageIds;
}

/** Lets the other processes know that Telegram asked this bot to be silent. */
export async function setQuiet(db: Db, workspaceId: WorkspaceId, botId: string, until: Date): Promise<void> {
  await db
    .update(bots)
    .set({ quietUntil: until })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, botId)));
}

/**
 * Telegram's id of the message that an answer belongs to; for groups, where several people talk at once. Null for one of
 * another chat: a group that became a supergroup begins to count anew.
 */
export async function findQuestionId(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  chatId: number,
): Promise<number | null> {
  const answer = alias(messages, "answer");
  const [row] = await db
    .select({ externalId: messages.externalId })
    .from(answer)
    .innerJoin(messages, eq(messages.id, answer.replyToId))
    .where(and(eq(answer.workspaceId, workspaceId), eq(answer.id, messageId)));
  const [askedIn, number] = row?.externalId?.split(":").slice(-2).map(Number) ?? [];
  return askedIn === chatId && Number.isSafeInteger(number) ? (number ?? null) : null;
}

export async function listWaitingDialogs(db: Db, workspaceId: WorkspaceId, botId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ dialogId: outboxMessages.dialogId })
    .from(outboxMessages)
    .innerJoin(dialogs, eq(dialogs.id, outboxMessages.dialogId))
    .where(
      and(eq(outboxMessages.workspaceId, workspaceId), eq(dialogs.botId, botId), eq(outboxMessages.state, "queued")),
    );
  return rows.map(({ dialogId }) => dialogId);
}

/** Dialogs with parts that wait longer than they should, or whose sender died, and no job that will come for them. */
export async function listUnserved(
  db: Db,
  { before, now, limit, lanePrefix }: { before: Date; now: Date; limit: number; lanePrefix: string },
): Promise<string[]> {
  const rows = await db.execute<{ dialogId: string }>(sql`
    select distinct o.dialog_id as "dialogId"
    from outbox_messages o join dialogs d on d.id = o.dialog_id join bots b on b.id = d.bot_id and b.is_active and b.status <> 'invalid_token'
    where (o.state = 'queued' and o.updated_at < ${before.toISOString()}::timestamptz
        or o.state = 'sending' and o.leased_until <= ${now.toISOString()}::timestamptz)
      and not exists (select from lane_jobs j where j.lane = ${lanePrefix} || o.dialog_id and j.failed_at is null)
    limit ${limit}::int`);
  return rows.map(({ dialogId }) => dialogId);
}

/** Dialogs with parts that wait longer than they should, or whose sender died, and a bot that is gone for good. */
export async function listStranded(db: Db, { before, now, limit }: { before: Date; now: Date; limit: number }) {
  // A sweep of the platform: the rows name their workspaces, which is where each is then given up.
  return db.execute<{ workspaceId: WorkspaceId; dialogId: string }>(sql`
    select distinct o.workspace_id as "workspaceId", o.dialog_id as "dialogId"
    from outbox_messages o join dialogs d on d.id = o.dialog_id left join bots b on b.id = d.bot_id
    where (o.state = 'queued' and o.updated_at < ${before.toISOString()}::timestamptz
        or o.state = 'sending' and o.leased_until <= ${now.toISOString()}::timestamptz)
      and (b.id is null or not b.is_active and b.paused_at is null)
    limit ${limit}::int`);
}

const instantOf = (value: string | null) => (value === null ? null : new Date(value));
