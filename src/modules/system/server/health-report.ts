import type { Db } from "@/db/client";
import { LEASE_CLASS } from "@/server/jobs/leases";
import { readDisk, refuseUnwritableStorage } from "@/server/storage";
import journal from "../../../../drizzle/meta/_journal.json";
import { type QueueFacts, readQueue } from "./health-repository";
import { countAppliedMigrations } from "./repository";

type Level = "ok" | "degraded" | "error";
export type Finding = { status: Level; reason?: string } & Record<string, string | number | null | undefined>;

export const HEALTH_CHECKS = ["database", "migrations", "worker", "storage", "disk", "redis"] as const;
export type HealthReport = {
  /** The worst of the findings. */
  status: Level;
  checkedAt: string;
  checks: Record<(typeof HEALTH_CHECKS)[number], Finding>;
};

const PATIENCE_MS = 5_000;
/** A queue that nobody has taken from for this long has too few workers. */
const LONG_WAIT_SECONDS = 300;
// Below this share of free space staff are told; below the floor nothing can be stored for long.
const LOW_DISK = { share: 0.1, floorBytes: 200 * 1024 * 1024 };

/** Looks at every part that this installation needs. Never throws: what cannot be asked is an error with its reason. */
export async function inspectHealth(db: Db, redisUrl: string | undefined, now: Date): Promise<HealthReport> {
  const database = await finding("unreachable", async () => {
    const startedAt = performance.now();
    await countOrZero(db);
    return { status: "ok", latencyMs: Math.round(performance.now() - startedAt) };
  });
  const isReachable = database.status === "ok";
  const skipped: Finding = { status: "error", reason: "no-database" };
  const [migrations, worker, storage, disk, redis] = await Promise.all([
    isReachable ? finding("unreadable", () => inspectMigrations(db)) : skipped,
    isReachable ? finding("no-queue", () => inspectWorker(db)) : skipped,
    finding("not-writable", async () => {
      await refuseUnwritableStorage();
      return { status: "ok" };
    }),
    finding("unreadable", inspectDisk),
    redisUrl === undefined
      ? ({ status: "ok", reason: "not-configured" } as const)
      : finding("unreachable", () => inspectRedis(redisUrl)),
  ]);
  return summarize({ database, migrations, worker, storage, disk, redis }, now);
}

/** The report of findings: as bad as the worst of them. */
export function summarize(checks: HealthReport["checks"], now: Date): HealthReport {
  const levels = Object.values(checks).map(({ status }) => status);
  const status = levels.includes("error") ? "error" : levels.includes("degraded") ? "degraded" : "ok";
  return { status, checkedAt: now.toISOString(), checks };
}

// A database without our tables answers too, and says so under `migrations`.
async function countOrZero(db: Db): Promise<number> {
  return countAppliedMigrations(db).catch((error: unknown) => {
    if (error instanceof Error && isMissingTable(error)) return 0;
    throw error;
  });
}

async function inspectMigrations(db: Db): Promise<Finding> {
  const [applied, known] = [await countOrZero(db), journal.entries.length];
  if (applied === known) return { status: "ok", applied, known };
  return {
    status: applied < known ? "error" : "degraded",
    reason: applied < known ? "behind" : "ahead",
    applied,
    known,
  };
}

const inspectWorker = async (db: Db) => judgeQueue(await readQueue(db, LEASE_CLASS));

/** Somebody has to take jobs, and none may have waited for long. */
export function judgeQueue({ lastClockAt, ...queue }: QueueFacts): Finding {
  const facts = { ...queue, lastClockAt: lastClockAt?.toISOString() ?? null };
  if (queue.workers === 0) return { status: "error", reason: "none-running", ...facts };
  if (queue.oldestWaitSeconds > LONG_WAIT_SECONDS) return { status: "degraded", reason: "queue-is-long", ...facts };
  return { status: "ok", ...facts };
}

async function inspectDisk(): Promise<Finding> {
  const { freeBytes, totalBytes } = await readDisk();
  const facts = { freeBytes, totalBytes };
  if (freeBytes < LOW_DISK.floorBytes) return { status: "error", reason: "full", ...facts };
  return freeBytes < totalBytes * LOW_DISK.share
    ? { status: "degraded", reason: "low", ...facts }
    : { status: "ok", ...facts };
}

async function inspectRedis(url: string): Promise<Finding> {
  const { redisAnswers } = await import("@/server/rate-limit/redis");
  const startedAt = performance.now();
  await redisAnswers(url);
  return { status: "ok", latencyMs: Math.round(performance.now() - startedAt) };
}

async function finding(reason: string, inspect: () => Promise<Finding>): Promise<Finding> {
  const late = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => late.resolve({ status: "error", reason: "timeout" }), PATIENCE_MS);
  try {
    return await Promise.race([inspect(), late.promise]);
  } catch (error) {
    return { status: "error", reason, code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

const isMissingTable = (error: Error) => codeOf(error) === "42P01";

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error.cause);
}
