import postgres from "postgres";
import { requiredSecret } from "@/server/env";
import { logger } from "@/server/logger";

/** The class of the advisory locks that tell living workers from dead ones. */
export const LEASE_CLASS = 7_301;
const RENEW_MS = 5_000;
/** A lock younger than this may belong to a worker that has not taken its lease yet. */
const GRACE_SECONDS = 10;
/** Longer than a process has to live for its supervisor to call it steady. */
const SUSPECT_SECONDS = 90;

export type Leases = {
  /** Resolves once the lease of the worker is held. */
  add: (workerId: string) => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Frees the jobs of killed workers. graphile-worker itself waits four hours before it touches a job that a dead worker
 * held. Here each worker holds an advisory lock under its own id, which Postgres drops with the process, so a lock that
 * can be taken tells that the worker is gone, and its jobs are handed back.
 */
export function startLeases(): Leases {
  const own = new Set<string>();
  // Advisory locks belong to this one connection, so it must not be recycled.
  const sql = postgres(requiredSecret("DATABASE_URL"), {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
  });
  const renew = async () => {
    // Taking a lock twice in one session is harmless, and after a reconnect this takes them anew.
    await sql`select pg_try_advisory_lock(${LEASE_CLASS}::int, hashtext(worker_id)) from unnest(${[...own]}::text[]) as worker_id`;
    const dead = await listDeadWorkers();
    if (dead.length === 0) return;
    // Deaths alone never use up the attempts of a job; one that kills whoever runs it does so at most every other minute.
    await sql`
      update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now() + make_interval(secs => ${SUSPECT_SECONDS})
      where locked_by = any (${dead}) and attempts >= max_attempts`;
    await sql`select graphile_worker.force_unlock_workers(${dead})`;
    logger.warn({ event: "dead-workers-freed", count: dead.length });
  };
  const listDeadWorkers = async (): Promise<string[]> => {
    const rows = await sql<{ worker_id: string }[]>`
      with holders as (
        select locked_by as worker_id, max(locked_at) as locked_at from graphile_worker._private_jobs where locked_by is not null group by 1
      )
      select worker_id from holders
      where worker_id <> all (${[...own]}) and locked_at < now() - make_interval(secs => ${GRACE_SECONDS})
      group by worker_id
      having pg_try_advisory_lock(${LEASE_CLASS}::int, hashtext(worker_id))`;
    for (const { worker_id } of rows) await sql`select pg_advisory_unlock(${LEASE_CLASS}::int, hashtext(${worker_id}))`;
    return rows.map((row) => row.worker_id);
  };
  let running = Promise.resolve();
  const tick = () => {
    running = running.then(renew).catch((error: unknown) => logger.error({ event: "leases-failed", error }));
    return running;
  };
  const timer = setInterval(() => void tick(), RENEW_MS);
  void tick();
  return {
    add: (workerId) => {
      own.add(workerId);
      return tick();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
      await sql.end({ timeout: 1 });
    },
  };
}
