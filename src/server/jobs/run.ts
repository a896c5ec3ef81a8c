import { EventEmitter } from "node:events";
import { Logger, parseCronItems, run, type Task, type WorkerEvents, type WorkerPool } from "graphile-worker";
import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import { DEFAULT_LOCALE } from "@/lib/locales";
import { requiredSecret } from "@/server/env";
import { onAlarm } from "@/server/jobs/alarm";
import type { Job, JobCtx } from "@/server/jobs/define";
import { type Leases, startLeases } from "@/server/jobs/leases";
import { logger } from "@/server/logger";

/** Lets the row of a finished job be written before its queue is looked at again. */
const NUDGE_AFTER_MS = 20;

export type JobRunner = { stop: () => Promise<void> };

/**
 * Starts the runner for the given jobs. `stop()` on the result lets running jobs end first.
 * Never set `localQueue`: it breaks the order of named queues (graphile/worker#621).
 */
export async function startRunner(jobs: readonly Job[], concurrency: number): Promise<JobRunner> {
  const leases = startLeases();
  const runner = await run({
    connectionString: requiredSecret("DATABASE_URL"),
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    maxPoolSize: concurrency + 2,
    events: watchedEvents(leases),
    // Jobs report themselves in one wide event each; only the runner's own troubles are added.
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") logger.warn({ event: "job-runner", message });
    }),
    taskList: Object.fromEntries(jobs.map((job) => [job.name, toTask(job)])),
    parsedCronItems: parseCronItems(
      jobs.flatMap((job) => (job.cron ? [{ task: job.name, match: job.cron, options: { backfillPeriod: 0 } }] : [])),
    ),
  });
  return {
    stop: async () => {
      await runner.stop();
      await leases.stop();
    },
  };
}

// A worker looks for its next job before the end of the last one is written, so the next job of the same queue would
// wait for the poll; a nudge shortly after makes it start at once.
function watchedEvents(leases: Leases): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let pool: WorkerPool | undefined;
  events.on("pool:create", ({ workerPool }) => {
    pool = workerPool;
    onAlarm(() => workerPool.nudge(1));
  });
  const forgetPool = () => {
    pool = undefined;
    onAlarm(undefined);
  };
  events.on("pool:gracefulShutdown", forgetPool);
  events.on("pool:forcefulShutdown", forgetPool);
  events.on("worker:create", ({ worker }) => {
    void leases.add(worker.workerId);
  });
  events.on("job:complete", ({ job }) => {
    if (job.job_queue_id !== null) setTimeout(() => pool?.nudge(1), NUDGE_AFTER_MS).unref();
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
      throw error;
    }
  };
}
