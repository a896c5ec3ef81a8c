import { constants, setPriority } from "node:os";
import { jobs } from "@/jobs";
import { db } from "@/db/client";
import { botJobs } from "@/modules/bots/server/jobs";
import { startReceiving } from "@/modules/bots/server/receiving";
import { refreshVectorsJob } from "@/modules/knowledge/server/vectors/jobs";
import { startRelay } from "@/modules/realtime/server/pusher/relay";
import { isDatabaseAway, outlastDatabase } from "@/server/database-away";
import { enqueue } from "@/server/jobs/define";
import { startSweepingQueues } from "@/server/jobs/idle-queues";
import { startRunner } from "@/server/jobs/run";
import { logger } from "@/server/logger";

/** Talks wait for models and Telegram nearly all the time, so many of them run at once; connections are few all the same. */
const TALKS = { concurrency: 32, poolSize: 8 };
/** Everything else, above all reading documents, is work for the processor and must not hold up a talk. */
const OTHERS = { concurrency: 4, poolSize: 6 };

/** Runs every background job until SIGINT or SIGTERM; jobs that have begun may end first. */
async function main(): Promise<void> {
  // Pages and acknowledgements go first where processors are scarce.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const talkNames = new Set(botJobs.map(({ name }) => name));
  const others = jobs.filter(({ name }) => !talkNames.has(name));
  const runners = [
    await startRunner(botJobs, TALKS.concurrency, TALKS.poolSize),
    await startRunner(others, OTHERS.concurrency, OTHERS.poolSize),
  ];
  await outlastDatabase(() => enqueue({ db: db() }, refreshVectorsJob, {}, { key: refreshVectorsJob.name }));
  const sweeping = startSweepingQueues(db().$client);
  const receiving = await outlastDatabase(startReceiving);
  const relay = startRelay();
  logger.info({ event: "worker-ready" });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    sweeping.stop();
    await receiving.stop();
    await relay.stop();
    await Promise.all(runners.map((runner) => runner.stop()));
    await db().$client.end({ timeout: 5 });
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
