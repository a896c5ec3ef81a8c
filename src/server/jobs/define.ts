import { sql } from "drizzle-orm";
import type { z } from "zod";
import { executePrepared } from "@/db/prepared";
import type { Ctx, System } from "@/server/context";
import { jobAlarm, laneAlarm } from "@/server/jobs/alarm";
import { LANE_CHANNEL } from "@/server/jobs/lane-bell";

export type JobCtx = Ctx<System> & {
  /** Aborts when the job runs past its deadline or the worker is told to stop at once. */
  signal: AbortSignal;
  attempt: number;
  isLastAttempt: boolean;
};

export type Job<S extends z.ZodType = z.ZodType> = {
  name: string;
  payload: S;
  /** Attempts in all; the wait between them grows exponentially. */
  attempts: number;
  timeoutMs: number;
  /** A crontab line, for jobs that run by the clock. */
  cron?: string;
  run: (ctx: JobCtx, payload: z.infer<S>) => Promise<void>;
};

/** Declares a background job. Its payload is a name and ids; it may run twice and must find what is there already. */
export function defineJob<S extends z.ZodType>(
  job: Omit<Job<S>, "attempts" | "timeoutMs"> & { attempts?: number; timeoutMs?: number },
): Job<S> {
  return { attempts: 5, timeoutMs: 60_000, ...job };
}

/** What a module announces to later tiers: the job that handles it spreads this into `defineJob`. */
export type JobEvent<S extends z.ZodType = z.ZodType> = Pick<Job<S>, "name" | "payload" | "attempts">;

/** Declares an event of a module. Its name is past tense, its payload ids. */
export function defineEvent<S extends z.ZodType>(
  event: Pick<JobEvent<S>, "name" | "payload"> & { attempts?: number },
): JobEvent<S> {
  return { attempts: 5, ...event };
}

type EnqueueOptions = {
  /**
   * Jobs of one lane run one after the other, in order. The second word of a lane `kind:owner:thing` says whose it is: when
   * many wait, whoever has the fewest lanes at work goes first.
   */
  lane?: string;
  /** A waiting job with the same key is replaced instead of joined by a second. */
  key?: string;
  runAt?: Date;
};

/** Adds a job in the caller's transaction: it exists if and only if that commits. */
export async function enqueue<S extends z.ZodType>(
  ctx: Pick<Ctx, "db">,
  job: JobEvent<S>,
  payload: z.input<S>,
  { lane, key, runAt }: EnqueueOptions = {},
): Promise<void> {
  const body = JSON.stringify(job.payload.parse(payload));
  const at = runAt?.toISOString() ?? null;
  if (lane === undefined) {
    await ctx.db.execute(sql`
      select graphile_worker.add_job(
        identifier => ${job.name}::text,
        payload => ${body}::text::json,
        run_at => ${at}::timestamptz,
        max_attempts => ${job.attempts}::int,
        job_key => ${key ?? null}::text)`);
  } else {
    await executePrepared(
      ctx.db,
      sql`
      with added as (
        insert into lane_jobs (lane, name, payload, key, due_at, max_attempts)
        values (${lane}, ${job.name}, ${body}::text::jsonb, ${key ?? null}::text, coalesce(${at}::timestamptz, now()), ${job.attempts}::smallint)
        on conflict (key) where leased_until is null and key is not null do update
          set lane = excluded.lane, name = excluded.name, payload = excluded.payload, due_at = excluded.due_at, attempts = 0,
            max_attempts = excluded.max_attempts, last_error = null, failed_at = null
        returning due_at
      )
      select pg_notify(${LANE_CHANNEL}, '') from added where due_at <= now()`,
    );
  }
  if (runAt) (lane === undefined ? jobAlarm : laneAlarm).set(runAt);
}
