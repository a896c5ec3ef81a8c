import { jobs } from "@/jobs";
import { db } from "@/db/client";
import { startReceiving } from "@/modules/bots/server/receiving";
import { refreshVectorsJob } from "@/modules/knowledge/server/jobs";
import { enqueue } from "@/server/jobs/define";
import { outlastDatabase } from "@/server/database-away";
import { startRunner } from "@/server/jobs/run";
import { logger } from "@/server/logger";

const CONCURRENCY = 8;

/** Runs every background job until SIGINT or SIGTERM; jobs that have begun may end first. */
async function main(): Promise<void> {
  const runner = await startRunner(jobs, CONCURRENCY);
  await enqueue({ db: db() }, refreshVectorsJob, {}, { key: refreshVectorsJob.name });
  const receiving = await outlastDatabase(startReceiving);
  logger.info({ event: "worker-ready" });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await receiving.stop();
    await runner.stop();
    await db().$client.end({ timeout: 5 });
    logger.info({ event: "worker-stopped" });
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

process.on("uncaughtException", (error) => {
  // The log knows how to leave out the texts that a driver's error quotes; the default output does not.
  logger.fatal({ event: "worker-died", error });
  process.exit(1);
});

await main();
