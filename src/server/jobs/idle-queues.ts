import type postgres from "postgres";
import { isDatabaseAway } from "@/server/database-away";
import { logger } from "@/server/logger";

const EVERY_MS = 2_000;
/** So few cost nothing; most installations never have more. */
const WORTH_SWEEPING = 200;
/** Everything that adds or takes a job waits behind the sweep, so the sweep itself hardly waits. */
const LOCK_WAIT_MS = 50;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Forgets queues without jobs, now and then. graphile-worker keeps the row of every queue there ever was and locks all of
 * them each time it looks for a job, so with a queue per chat each look would cost more than the job (2.5 ms with 2,000).
 */
export function startSweepingQueues(sql: postgres.Sql): { stop: () => void } {
  let isRunning = false;
  const tick = async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await sweepIdleQueues(sql, WORTH_SWEEPING);
    } catch (error) {
      if (!isDatabaseAway(error)) logger.warn({ event: "queues-not-swept", error });
    } finally {
      isRunning = false;
    }
  };
  const timer = setInterval(() => void tick(), EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/**
 * Removes the queues that have no job, when there are more than `worth` of them; returns how many went, 0 also when the
 * table was busy. Whoever adds a job holds a row-exclusive lock on the table of queues from its look for the queue until its
 * commit, so behind this lock no job is on its way into a queue that goes: without it such a job would lose its order or
 * never be found.
 */
export async function sweepIdleQueues(sql: postgres.Sql, worth = 0): Promise<number> {
  const [idle] = await sql<{ count: number }[]>`
    select count(*)::int as count from graphile_worker._private_job_queues where is_available`;
  if ((idle?.count ?? 0) <= worth) return 0;
  try {
    return await sql.begin(async (tx) => {
      await tx`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, true)`;
      await tx`lock table graphile_worker._private_job_queues in share row exclusive mode`;
      const { count } = await tx`
        delete from graphile_worker._private_job_queues as q where q.is_available
          and not exists (select from graphile_worker._private_jobs as j where j.job_queue_id = q.id)`;
      return count;
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE) return 0;
    throw error;
  }
}
