import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger, parseCronItems, run, type Task, type WorkerEvents } from "graphile-worker";
import { outlastDatabase } from "@/server/database-away";
import { requiredSecret } from "@/server/env";
import { jobAlarm } from "@/server/jobs/alarm";
import type { Job } from "@/server/jobs/define";
import { type Leases, startLeases } from "@/server/jobs/leases";
import { performJob } from "@/server/jobs/perform";
import { logger } from "@/server/logger";

/**
 * How long a runner that lost the database is waited for. After several failures it waits for itself for ever; a job that
 * it still runs by then is run again elsewhere, and must find what is there.
 */
const CLOSING_MS = 3_000;

export type JobRunner = { stop: () => Promise<void> };

/**
 * Starts the runner for the given jobs without an order and keeps it running while the database comes and goes. `stop()` on the result lets
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
 * Named queues are not used: each look for a job would lock the row of every queue that has one.
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

function watchedEvents(leases: Leases): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let leaveAlarm: (() => void) | undefined;
  events.on("pool:create", ({ workerPool }) => {
    void leases.add(workerPool.id);
    leaveAlarm = jobAlarm.listen(() => workerPool.nudge(1));
  });
  const leave = () => leaveAlarm?.();
  events.on("pool:gracefulShutdown", leave);
  events.on("pool:forcefulShutdown", leave);
  return events;
}

function toTask(job: Job): Task {
  return (payload, { job: { id, attempts, max_attempts }, abortSignal }) =>
    // A cron job gets graphile-worker's own `_cron` object, which no payload schema lists.
    performJob(job, job.cron ? {} : payload, {
      jobId: String(id),
      attempt: attempts,
      maxAttempts: max_attempts,
      signal: abortSignal,
    });
}
