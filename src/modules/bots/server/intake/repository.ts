import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { UPDATE_STATES } from "@/db/enums";
import { executePrepared, flushedLater } from "@/db/prepared";
import { bots, telegramUpdates } from "@/db/schema/bots";
import type { WorkspaceId } from "@/lib/brand";
import { ringLanes } from "@/server/jobs/lane-bell";

/** Rows that one statement removes, so that nothing waits long for it. */
export const PRUNED_AT_ONCE = 5_000;

type NewUpdate = {
  botId: string;
  updateId: number;
  payload: string;
  lane: string;
  job: { name: string; attempts: number };
};

/**
 * Stores an update and the job that will process it in one statement. Tells `new`, `repeat`, or `silent` for a bot that is
 * not active any more: the bot's row is read here and never from a cache, so a disconnected bot is silent at once.
 */
export async function recordUpdate(db: Db, update: NewUpdate): Promise<"new" | "repeat" | "silent"> {
  const { botId, updateId, payload, lane, job } = update;
  const [row] = await executePrepared<{ known: boolean; added: boolean }>(
    db,
    sql`
    with bot as (
      select bots.id, bots.workspace_id from bots join assistants on assistants.id = bots.assistant_id
      where bots.id = ${botId}::uuid and bots.is_active and assistants.deleted_at is null
    ), written as (
      insert into telegram_updates (bot_id, update_id, workspace_id, payload)
      select id, ${updateId}::bigint, workspace_id, ${payload}::text::jsonb from bot
      on conflict do nothing returning bot_id, update_id
    ), queued as (
      insert into lane_jobs (lane, name, payload, max_attempts)
      select ${lane}, ${job.name}, jsonb_build_object('botId', bot_id, 'updateId', update_id), ${job.attempts}::smallint from written
      returning id
    )
    select exists (select from bot) as known, exists (select from queued) as added`,
  );
  if (!row?.known) return "silent";
  if (!row.added) return "repeat";
  ringLanes();
  return "new";
}

export async function findUpdate(db: Db, botId: string, updateId: number) {
  const [row] = await db
    .select({ payload: telegramUpdates.payload, state: telegramUpdates.state, receivedAt: telegramUpdates.receivedAt })
    .from(telegramUpdates)
    .where(and(eq(telegramUpdates.botId, botId), eq(telegramUpdates.updateId, updateId)));
  return row ?? null;
}

export type SettledUpdate = {
  botId: string;
  updateId: number;
  state: (typeof UPDATE_STATES)[number];
  error: string | null;
};

/** Ends the processing of updates; a repeat of a job finds the state and does nothing. */
export async function settleUpdates(db: Db, settled: readonly SettledUpdate[]): Promise<void> {
  await executePrepared(
    db,
    sql`update telegram_updates u set state = s.state, error = s.error, processed_at = now()
      from jsonb_to_recordset(${JSON.stringify(settled)}::text::jsonb) as s("botId" uuid, "updateId" bigint, state text, error text)
      where u.bot_id = s."botId" and u.update_id = s."updateId" returning ${flushedLater}`,
  );
}

/** Forgets updates that are long done; what was never processed stays to be seen. Returns how many went. */
export async function pruneUpdates(db: Db, before: Date): Promise<number> {
  const rows = await db.execute(sql`
    with old as (
      select ctid from telegram_updates where received_at < ${before.toISOString()}::timestamptz
        and processed_at < ${before.toISOString()}::timestamptz limit ${PRUNED_AT_ONCE}::int
    )
    delete from telegram_updates where ctid in (select ctid from old) returning 1`);
  return rows.length;
}

/** Forgets what a person wrote to any bot of the workspace; what is still to be processed belongs to a new talk. */
export async function forgetPerson(db: Db, workspaceId: WorkspaceId, personId: number): Promise<void> {
  const person = JSON.stringify({ id: personId });
  await db.execute(sql`
    delete from telegram_updates where workspace_id = ${workspaceId}::uuid and state <> 'recorded'
      and (jsonb_path_exists(payload, '$.**.from.id ? (@ == $id)', ${person}::text::jsonb)
        or jsonb_path_exists(payload, '$.**.chat.id ? (@ == $id)', ${person}::text::jsonb))`);
}

/** The bot behind a webhook address. */
export async function findDoor(db: Db, webhookPath: string) {
  const [row] = await db
    .select({ botId: bots.id, workspaceId: bots.workspaceId, webhookSecretSealed: bots.webhookSecretSealed })
    .from(bots)
    .where(and(eq(bots.webhookPath, webhookPath), eq(bots.isActive, true)));
  // The address and the secret are proved by the door before anything is done with the tenant.
  return row ? { ...row, workspaceId: row.workspaceId as WorkspaceId } : null;
}
