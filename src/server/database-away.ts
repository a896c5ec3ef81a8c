import { setTimeout as delay } from "node:timers/promises";
import { logger } from "@/server/logger";

const RETRY_MS = 500;

// Of the network, of both drivers, and of a server that goes down, comes up or has no room.
const AWAY = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

/** Whether a failure says only that the database cannot be reached at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && (AWAY.has(error.code) || error.code.startsWith("08")))
    return true;
  // node-postgres gives this one no code.
  if (/^Connection terminated/.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return isDatabaseAway(error.cause);
}

/**
 * Tries `work` again while the database is away: a restart of the database must not end the processes that use it. Any
 * other failure flies, and so does this one once the signal is aborted.
 */
export async function outlastDatabase<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || signal?.aborted) throw error;
      if (attempt === 1) logger.warn({ event: "database-away", error });
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
