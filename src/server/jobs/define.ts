import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx, System } from "@/server/context";
import { setAlarm } from "@/server/jobs/alarm";

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
  /** Jobs of one queue run one after the other, in order. */
  queue?: string;
  /** A waiting job with the same key is replaced instead of joined by a second. */
  key?: string;
  runAt?: Date;
};

/** Adds a job in the caller's transaction: it exists if and only if that commits. */
export async function enqueue<S extends z.ZodType>(
  ctx: Pick<Ctx, "db">,
  job: JobEvent<S>,
  payload: z.input<S>,
  options: EnqueueOptions = {},
): Promise<void> {
  const body = JSON.stringify(job.payload.parse(payload));
  await ctx.db.execute(sql`
    select graphile_worker.add_job(
      identifier => ${job.name}::text,
      payload => ${body}::text::json,
      queue_name => ${options.queue ?? null}::text,
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${job.attempts}::int,
      job_key => ${options.key ?? null}::text)`);
  if (options.runAt) setAlarm(options.runAt);
}
