import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger, parseCronItems, run, type Task, type WorkerEvents, type WorkerPool } from "graphile-worker";
import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import { DEFAULT_LOCALE } from "@/lib/locales";
import { outlastDatabase } from "@/server/database-away";
import { requiredSecret } from "@/server/env";
import { onAlarm } from "@/server/jobs/alarm";
import type { Job, JobCtx } from "@/server/jobs/define";
import { type Leases, startLeases } from "@/server/jobs/leases";
import { logger, withoutTexts } from "@/server/logger";

/** Lets the row of a finished job be written before its queue is looked at again. */
const NUDGE_AFTER_MS = 20;

/**
 * How long a runner that lost the database is waited for. After several failures it waits for itself for ever; a job that
 * it still runs by then is run again elsewhere, and must find what is there.
 */
const CLOSING_MS = 3_000;

export type JobRunner = { stop: () => Promise<void> };

/**
 * Starts the runner for the given jobs and keeps it running while the database comes and goes. `stop()` on the result lets
 * running jobs end first. A connection is held only to take and to end a job, so many jobs that wait for the outside share
 * a small pool.
 */
export async function startRunner(jobs: readonly Job[], concurrency: number, poolSize?: number): Promise<JobRunner> {
  const stopping = new AbortController();
  const begin = () => startShift(jobs, { concurrency, poolSize: poolSize ?? concurrency + 2 });
  let shift = await outlastDatabase(begin);
  const keepRunning = async () => {
    for (;;) {
      await shift.ended;
      if (stopping.signal.aborted) return;
      logger.warn({ event: "job-runner-starts-again" });
      shift = await outlastDatabase(begin, stopping.signal);
    }
  };
  const ended = keepRunning();
  // Seen where it is awaited; a runner that cannot be started again for another reason ends the process.
  ended.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    stop: async () => {
      stopping.abort();
      await shift.stop();
      await ended.catch(() => undefined);
    },
  };
}

type Shift = { ended: Promise<void>; stop: () => Promise<void> };

/**
 * One life of the runner: it ends by itself when the end of a job could not be written, because then nobody knows what is
 * locked. Its leases end with it, so another shift or process gets its jobs.
 * Never set `localQueue`: it breaks the order of named queues (graphile/worker#621).
 */
async function startShift(
  jobs: readonly Job[],
  { concurrency, poolSize }: { concurrency: number; poolSize: number },
): Promise<Shift> {
  const leases = startLeases();
  const events = watchedEvents(leases);
  const { promise: closing, resolve: tellClosing } = Promise.withResolvers<void>();
  events.on("pool:gracefulShutdown", () => tellClosing());
  try {
    const runner = await run({
      connectionString: requiredSecret("DATABASE_URL"),
      concurrency,
      noHandleSignals: true,
      pollInterval: 2_000,
      maxPoolSize: poolSize,
      events,
      // Without batches a failure to write the end of a job is thrown into the void and ends the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      // Jobs report themselves in one wide event each; only the runner's own troubles are added.
      logger: new Logger(() => (level, message, meta) => {
        // A pool smaller than the concurrency is meant.
        const isKnown = meta?.failure === true || message.includes("maxPoolSize");
        if (!isKnown && (level === "error" || level === "warning")) logger.warn({ event: "job-runner", message });
      }),
      taskList: Object.fromEntries(jobs.map((job) => [job.name, toTask(job)])),
      parsedCronItems: parseCronItems(
        jobs.flatMap((job) => (job.cron ? [{ task: job.name, match: job.cron, options: { backfillPeriod: 0 } }] : [])),
      ),
    });
    let isToldToStop = false;
    const over = runner.promise.catch(() => undefined);
    const givenUp = closing.then(async () => {
      await delay(CLOSING_MS);
      if (isToldToStop) return over;
      // Only its clock still runs.
      void runner.stop().catch(() => undefined);
    });
    const ended = Promise.race([over, givenUp]).then(() => leases.stop());
    return {
      ended,
      stop: async () => {
        isToldToStop = true;
        // A shift that is ending already refuses to be stopped.
        await runner.stop().catch(() => undefined);
        await ended;
      },
    };
  } catch (error) {
    await leases.stop();
    throw error;
  }
}

// A worker looks for its next job before the end of the last one is written, so the next job of the same queue would
// wait for the poll; a nudge shortly after makes it start at once.
function watchedEvents(leases: Leases): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let pool: WorkerPool | undefined;
  let leaveAlarm: (() => void) | undefined;
  // One look serves all queues that moved on meanwhile, because who finds a job looks again after it.
  let isLookPlanned = false;
  let isAnotherWanted = false;
  const lookSoon = () => {
    isAnotherWanted = isLookPlanned;
    if (isLookPlanned) return;
    isLookPlanned = true;
    setTimeout(() => {
      isLookPlanned = false;
      pool?.nudge(1);
      // Of a job that ended after this look was planned nothing may be written yet.
      if (isAnotherWanted) lookSoon();
    }, NUDGE_AFTER_MS).unref();
  };
  events.on("pool:create", ({ workerPool }) => {
    pool = workerPool;
    void leases.add(workerPool.id);
    leaveAlarm = onAlarm(() => workerPool.nudge(1));
  });
  const forgetPool = () => {
    pool = undefined;
    leaveAlarm?.();
  };
  events.on("pool:gracefulShutdown", forgetPool);
  events.on("pool:forcefulShutdown", forgetPool);
  events.on("job:complete", ({ job }) => {
    if (job.job_queue_id !== null) lookSoon();
  });
  return events;
}

function toTask(job: Job): Task {
  return async (payload, helpers) => {
    const deadline = AbortSignal.timeout(job.timeoutMs);
    const signal = helpers.abortSignal ? AbortSignal.any([deadline, helpers.abortSignal]) : deadline;
    const facts: Record<string, unknown> = {};
    const startedAt = performance.now();
    const ctx: JobCtx = {
      db: db(),
      actor: { kind: "system", job: job.name },
      locale: DEFAULT_LOCALE,
      log: logger,
      requestId: newId(),
      address: "",
      userAgent: "",
      now: () => new Date(),
      note: (more) => Object.assign(facts, more),
      signal,
      attempt: helpers.job.attempts,
      isLastAttempt: helpers.job.attempts >= helpers.job.max_attempts,
    };
    const finish = (outcome: string, error?: unknown) =>
      logger[error === undefined ? "info" : "error"]({
        event: "job",
        job: job.name,
        jobId: String(helpers.job.id),
        requestId: ctx.requestId,
        attempt: ctx.attempt,
        outcome,
        durationMs: Math.round(performance.now() - startedAt),
        ...facts,
        error,
      });
    try {
      // A cron job gets graphile-worker's own `_cron` object, which no payload schema lists.
      await job.run(ctx, job.payload.parse(job.cron ? {} : payload));
      finish("done");
    } catch (error) {
      finish("failed", error);
      throw withoutTexts(error);
    }
  };
}
