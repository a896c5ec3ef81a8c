import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { requiredSecret } from "@/server/env";
import { logger } from "@/server/logger";

const RETRY_MS = 1_000;

/**
 * Runs `work` in one process of the installation at a time, until the signal aborts. The others wait, and one of them goes
 * on within a second when the leader stops, dies or loses its database connection; `work` then has to end at its signal.
 */
export async function whileLeading(
  lockId: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await leadOnce(lockId, signal, work).catch((error: unknown) => {
      if (!signal.aborted) logger.error({ event: "leadership-lost", lockId, error });
    });
    await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function leadOnce(
  lockId: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  // The lock belongs to this one connection, so it must never be recycled.
  const sql = postgres(requiredSecret("DATABASE_URL"), {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    onclose: () => lost.abort(),
  });
  const letGo = () => void sql.end({ timeout: 0 });
  signal.addEventListener("abort", letGo);
  try {
    await sql`select pg_advisory_lock(${lockId})`;
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    signal.removeEventListener("abort", letGo);
    await sql.end({ timeout: 0 });
  }
}
