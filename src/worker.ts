import { constants, setPriority } from "node:os";
import { jobs, readingJobs } from "@/jobs";
import { closeDb, db } from "@/db/client";
import { startReceiving } from "@/modules/bots/server/receiving";
import { refreshVectorsJob } from "@/modules/knowledge/server/vectors/jobs";
import { startRelay } from "@/modules/realtime/server/pusher/relay";
import { isDatabaseAway, outlastDatabase } from "@/server/database-away";
import { enqueue, type Job } from "@/server/jobs/define";
import { startLanes } from "@/server/jobs/lanes";
import { startRunner } from "@/server/jobs/run";
import { logger } from "@/server/logger";

/**
 * Talks wait for models and Telegram nearly all the time, so many of them run at once: what waits for one slow provider
 * must leave room for everybody else, and a model that takes a second lets each of them answer once a second.
 */
const TALKS = 128;
/** Reading documents is work for the processor and must not hold up anything else. */
const READINGS = 4;
/** What has no order: letters, the clock's rounds, tidying up. */
const CHORES = { concurrency: 6, poolSize: 4 };

/** Runs every background job until SIGINT or SIGTERM; jobs that have begun may end first. */
async function main(): Promise<void> {
  // Pages and acknowledgements go first where processors are scarce.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const isReading = ({ name }: Job) => readingJobs.some((job) => job.name === name);
  const runners = [
    await startLanes(
      jobs.filter((job) => !isReading(job)),
      TALKS,
    ),
    await startLanes(readingJobs, READINGS),
    await startRunner(jobs, CHORES.concurrency, CHORES.poolSize),
  ];
  await outlastDatabase(() => enqueue({ db: db() }, refreshVectorsJob, {}, { key: refreshVectorsJob.name }));
  const receiving = await outlastDatabase(startReceiving);
  const relay = await startRelay();
  logger.info({ event: "worker-ready" });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await receiving.stop();
    await relay.stop();
    await Promise.all(runners.map((runner) => runner.stop()));
    await closeDb(db(), { timeout: 5 });
    logger.info({ event: "worker-stopped" });
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

process.on("uncaughtException", (error) => {
  // A connection that is lost while it is being closed has nobody left to tell.
  if (isDatabaseAway(error)) return logger.warn({ event: "connection-lost", error });
  // The log knows how to leave out the texts that a driver's error quotes; the default output does not.
  logger.fatal({ event: "worker-died", error });
  process.exit(1);
});

await main();
