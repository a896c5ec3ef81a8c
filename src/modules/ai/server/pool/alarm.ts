import { db } from "@/db/client";
import { enqueue } from "@/server/jobs/define";
import { logger } from "@/server/logger";
import { tellStaffJob } from "../jobs";

const HOUR_MS = 60 * 60_000;

let raisedFor: string | undefined;

/** Tells staff that no key can serve: once an hour, however many processes and requests find out. Never throws. */
export async function raiseAlarm(): Promise<void> {
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
  if (raisedFor === hour) return;
  raisedFor = hour;
  logger.error({ event: "ai-no-key-serves" });
  try {
    await enqueue({ db: db() }, tellStaffJob, { hour }, { key: `${tellStaffJob.name}:${hour}` });
  } catch (error) {
    raisedFor = undefined;
    logger.error({ event: "ai-alarm-failed", error });
  }
}
