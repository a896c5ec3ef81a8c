import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { executePrepared, flushedLater } from "@/db/prepared";
import type { WorkspaceId } from "@/lib/brand";
import type { Ctx } from "@/server/context";

export type PendingEvent = { workspaceId: WorkspaceId; type: string; ids: Record<string, string> };

const RETRYABLE = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 3;
const pendingEvents = new WeakMap<Db, PendingEvent[]>();

/**
 * Runs `work` in one transaction; inside another one it joins that. Serialization failures and deadlocks
 * are retried, so `work` must not have effects outside the database. Events published inside are numbered
 * last: the workspace row is locked only for the commit, and numbers become visible in order.
 */
export async function inTransaction<C extends Ctx, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (pendingEvents.has(ctx.db)) return work(ctx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction(async (tx) => {
        const events: PendingEvent[] = [];
        pendingEvents.set(tx, events);
        const result = await work({ ...ctx, db: tx });
        await writeEvents(tx, events);
        return result;
      });
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
    }
  }
}

/** Queues a realtime event for the end of the running transaction; without one it is written at once. */
export async function addEvent(ctx: Ctx, event: PendingEvent): Promise<void> {
  const pending = pendingEvents.get(ctx.db);
  if (pending) pending.push(event);
  else await writeEvents(ctx.db, [event]);
}

/** Announces what is committed already, at once and without waiting for the disk: a lost hint is made good by the next look. */
export async function announceEvents(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  events: Omit<PendingEvent, "workspaceId">[],
): Promise<void> {
  await executePrepared(
    ctx.db,
    sql`with ${eventCtes(workspaceId, events)} select count(*), ${flushedLater} from heard`,
  );
}

/** The SQLSTATE of a driver error, also when Drizzle wrapped it. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return sqlState(error.cause);
}

async function writeEvents(tx: Db, events: PendingEvent[]): Promise<void> {
  const byWorkspace = Map.groupBy(events, (event) => event.workspaceId);
  // A fixed order of workspaces keeps two publishing transactions from waiting for each other.
  for (const workspaceId of [...byWorkspace.keys()].sort()) {
    await executePrepared(
      tx,
      sql`with ${eventCtes(workspaceId, byWorkspace.get(workspaceId) ?? [])} select 1 from heard`,
    );
  }
}

/**
 * The tail of a `with` list that numbers, stores and announces events, if `condition` holds. For a hot statement that
 * commits by itself: it must be the last to touch the workspace row, and has to read from `heard` to be heard.
 */
export function eventCtes(
  workspaceId: WorkspaceId,
  events: Omit<PendingEvent, "workspaceId">[],
  condition: SQL = sql`true`,
): SQL {
  const list = events.map(({ type, ids }) => ({ type, ids }));
  return listedEventCtes(workspaceId, sql`case when ${condition} then ${JSON.stringify(list)}::text::jsonb end`);
}

/**
 * The same for events whose ids only the statement itself knows: `list` is one JSON array of `{ type, ids }`, or null for
 * none.
 */
export function listedEventCtes(workspaceId: WorkspaceId, list: SQL): SQL {
  return sql`listed as (
      select ${list} as items
    ), raised as (
      update workspaces set event_seq = event_seq + jsonb_array_length(listed.items) from listed
      where workspaces.id = ${workspaceId}::uuid and listed.items is not null returning event_seq, listed.items
    ), written as (
      insert into events (workspace_id, seq, type, ids)
      select ${workspaceId}::uuid, event_seq - jsonb_array_length(items) + item.n, item.event ->> 'type', item.event -> 'ids'
      from raised, jsonb_array_elements(raised.items) with ordinality as item(event, n)
      returning seq, type, ids
    ), heard as (
      select pg_notify('chatai_events', json_build_object('w', ${workspaceId}::text, 's', seq, 't', type, 'i', ids)::text)
      from written order by seq
    )`;
}
