import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** What the database knows about the work in the background. */
export type QueueFacts = {
  /** Worker slots whose process holds its lease at this moment. */
  workers: number;
  /** When the clock last started a job; null when no worker ever ran. */
  lastClockAt: Date | null;
  waiting: number;
  /** How long the oldest job has been ready without being taken; 0 when none waits. */
  oldestWaitSeconds: number;
  /** Jobs that used up their attempts. */
  failed: number;
};

/** Reads the queue's own tables; `leaseClass` is the class of the workers' advisory locks. */
export async function readQueue(db: Db, leaseClass: number): Promise<QueueFacts> {
  const [row] = await db.execute<{
    workers: number;
    last_clock_at: string | null;
    waiting: number;
    oldest_wait_seconds: number;
    failed: number;
  }>(sql`
    select
      (select count(*)::int from pg_locks where locktype = 'advisory' and classid = ${leaseClass}::int and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database())) as workers,
      (select max(last_execution)::text from graphile_worker._private_known_crontabs) as last_clock_at,
      count(*) filter (where not has_failed)::int as waiting,
      coalesce(extract(epoch from now() - min(due_at) filter (where not has_failed)), 0)::int as oldest_wait_seconds,
      count(*) filter (where has_failed)::int as failed
    from (
      select run_at as due_at, attempts >= max_attempts as has_failed from graphile_worker._private_jobs
      where locked_at is null and (run_at <= now() or attempts >= max_attempts)
      union all
      select due_at, failed_at is not null from lane_jobs where leased_until is null and (due_at <= now() or failed_at is not null)
    ) idle`);
  if (!row) throw new Error("An aggregate returned no row.");
  return {
    workers: row.workers,
    lastClockAt: row.last_clock_at === null ? null : new Date(row.last_clock_at),
    waiting: row.waiting,
    oldestWaitSeconds: row.oldest_wait_seconds,
    failed: row.failed,
  };
}
