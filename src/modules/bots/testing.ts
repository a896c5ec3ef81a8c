import type { Db } from "@/db/client";
import { findUpdate } from "@/modules/bots/server/intake/repository";
import { findBotOfJob } from "@/modules/bots/server/repository";
import type { Job } from "@/server/jobs/define";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { deliverJob, processUpdateJob } from "./server/jobs";

/** Runs what the worker would run for one recorded update: processing, then delivery. */
export async function runUpdate(db: Db, botId: string, updateId: number): Promise<void> {
  await processUpdateJob.run(jobCtx(db, processUpdateJob), { botId, updateId });
}

export async function runDelivery(db: Db, dialogId: string, attempt: { isLastAttempt?: boolean } = {}): Promise<void> {
  await deliverJob.run(jobCtx(db, deliverJob, attempt), { dialogId });
}

/** How many jobs of a kind wait with these ids. */
export async function countWaiting(db: Db, job: Job, ids: Record<string, string>): Promise<number> {
  return (await pendingPayloads(db, job, ids)).length;
}

export async function updateState(db: Db, botId: string, updateId: number): Promise<string | null> {
  return (await findUpdate(db, botId, updateId))?.state ?? null;
}

/** The stored row of a bot, whatever its state. */
export async function botRef(db: Db, botId: string) {
  return findBotOfJob(db, botId);
}

/** Everything that a client could see of a value, an error's message and facts included. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (item instanceof Error ? { ...item, message: item.message } : item));
}
