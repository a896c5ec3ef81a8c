import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AiProvider } from "@/db/enums";
import { aiKeys } from "@/db/schema/ai";
import { BREAKER_FAILURES, BREAKER_OPEN_MS } from "@/modules/ai/pool/rules";

const usedToday = sql<number>`case when ${aiKeys.dayOn} = (now() at time zone 'utc')::date then ${aiKeys.dayTokens} else 0 end`;
const usedThisMonth = sql<number>`case when ${aiKeys.monthOn} = date_trunc('month', now() at time zone 'utc')::date then ${aiKeys.monthTokens} else 0 end`;

/** The state columns of a key, with counters that are zero once their day or month is over. */
export const stateColumns = {
  id: aiKeys.id,
  source: aiKeys.source,
  fingerprint: aiKeys.fingerprint,
  provider: aiKeys.provider,
  baseUrl: aiKeys.baseUrl,
  models: aiKeys.models,
  prices: aiKeys.prices,
  priority: aiKeys.priority,
  isActive: aiKeys.isActive,
  dailyTokenQuota: aiKeys.dailyTokenQuota,
  monthlyTokenQuota: aiKeys.monthlyTokenQuota,
  dayTokens: usedToday.mapWith(Number),
  monthTokens: usedThisMonth.mapWith(Number),
  coolingUntil: aiKeys.coolingUntil,
  coolingReason: aiKeys.coolingReason,
  failures: aiKeys.failures,
  openedAt: aiKeys.openedAt,
  lastUsedAt: aiKeys.lastUsedAt,
};

export type EnvironmentRow = {
  fingerprint: string;
  name: string;
  provider: AiProvider;
  baseUrl: string | null;
  secretLast4: string;
};

/** Every key that this process may serve with: those of the panel, and the environment's own by their fingerprints. */
export function readPool(db: Db, fingerprints: string[]) {
  return db
    .select({
      ...stateColumns,
      secretSealed: aiKeys.secretSealed,
      // Instants are the database's; the reader moves them to its own clock.
      databaseNowMs: sql`extract(epoch from clock_timestamp()) * 1000`.mapWith(Number),
    })
    .from(aiKeys)
    .where(or(eq(aiKeys.source, "panel"), inArray(aiKeys.fingerprint, fingerprints)))
    .orderBy(aiKeys.source, aiKeys.priority, aiKeys.id);
}

export async function insertEnvironmentKeys(db: Db, rows: EnvironmentRow[]): Promise<void> {
  await db
    .insert(aiKeys)
    .values(rows.map((row) => ({ ...row, source: "environment" as const, models: [] })))
    .onConflictDoNothing();
}

export type KeyFailure = {
  keyId: string;
  code: string;
  /** How long the key has to rest; null when the failure is none of its own. */
  coolMs: number | null;
  /** Whether the failed request counts for the breaker. */
  isCounted: boolean;
  isProbe: boolean;
};

/** Writes down a failed request: the key cools or its breaker counts. A failed probe opens the breaker again. */
export async function writeFailure(db: Db, { keyId, code, coolMs, isCounted, isProbe }: KeyFailure): Promise<void> {
  const opens = isProbe ? sql`true` : sql`opened_at is null and failures + 1 >= ${BREAKER_FAILURES}::int`;
  await db.execute(sql`
    update ai_keys set last_error = ${code}, last_error_at = now(),
      cooling_until = ${coolMs === null ? sql`cooling_until` : sql`greatest(cooling_until, now() + make_interval(secs => ${coolMs / 1000}::float8))`},
      cooling_reason = ${coolMs === null ? sql`cooling_reason` : code},
      probe_until = ${coolMs === null ? (isProbe ? sql`null` : sql`probe_until`) : sql`now() + make_interval(secs => ${BREAKER_OPEN_MS / 1000}::float8)`},
      failures = ${isCounted ? sql`failures + 1` : sql`failures`},
      opened_at = ${isCounted ? sql`case when ${opens} then now() else opened_at end` : sql`opened_at`}
    where id = ${keyId}::uuid`);
}

/** A key has answered: its failures are forgotten. Only a probe ends what is open or cooling. */
export async function writeRecovery(db: Db, keyId: string, isProbe: boolean): Promise<void> {
  await db.execute(
    isProbe
      ? sql`update ai_keys set failures = 0, opened_at = null, probe_until = null, cooling_until = null, cooling_reason = null where id = ${keyId}::uuid`
      : sql`update ai_keys set failures = 0 where id = ${keyId}::uuid and opened_at is null`,
  );
}

// As long as one call may take to its first word, and a little more.
const PROBE_SECONDS = 45;

/**
 * Takes the one probe of a half-open breaker, or of a key that cools when nothing else is left; false when another
 * request has it, in whichever process.
 */
export async function claimProbe(db: Db, keyId: string, isLastResort: boolean): Promise<boolean> {
  const isDue = isLastResort
    ? sql`cooling_until > now()`
    : sql`opened_at <= now() - make_interval(secs => ${BREAKER_OPEN_MS / 1000}::float8) and coalesce(cooling_until, now()) <= now()`;
  const rows = await db.execute(sql`
    update ai_keys set probe_until = now() + make_interval(secs => ${PROBE_SECONDS}::float8)
    where id = ${keyId}::uuid and is_active and coalesce(probe_until, now()) <= now() and ${isDue} returning id`);
  return rows.length > 0;
}

/** Gives back a probe that was ended before it could tell. */
export async function dropProbe(db: Db, keyId: string): Promise<void> {
  await db
    .update(aiKeys)
    .set({ probeUntil: null })
    .where(and(eq(aiKeys.id, keyId)));
}
