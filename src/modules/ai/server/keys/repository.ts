import { and, asc, eq, gt, isNotNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { aiKeys, aiUsage } from "@/db/schema/ai";
import { users } from "@/db/schema/users";

const RESTED = {
  coolingUntil: null,
  coolingReason: null,
  failures: 0,
  openedAt: null,
  probeUntil: null,
} as const;

export type NewKey = Omit<typeof aiKeys.$inferInsert, "source" | "fingerprint"> & { id: string };
export type KeyChange = Partial<Omit<NewKey, "id">>;

export async function insertKey(db: Db, key: NewKey): Promise<void> {
  await db.insert(aiKeys).values({ ...key, source: "panel" });
}

/** What staff typed about the keys, without the sealed secret. */
export function listKeyFacts(db: Db) {
  return db
    .select({
      id: aiKeys.id,
      name: aiKeys.name,
      secretLast4: aiKeys.secretLast4,
      baseUrl: aiKeys.baseUrl,
      note: aiKeys.note,
      lastError: aiKeys.lastError,
      lastErrorAt: aiKeys.lastErrorAt,
      lastUsedAt: aiKeys.lastUsedAt,
      createdAt: aiKeys.createdAt,
    })
    .from(aiKeys)
    .orderBy(asc(aiKeys.priority), asc(aiKeys.id));
}

/** Holds the key's row, so that two changes of it follow each other. */
export async function lockKey(db: Db, id: string) {
  const [row] = await db
    .select({
      id: aiKeys.id,
      source: aiKeys.source,
      provider: aiKeys.provider,
      baseUrl: aiKeys.baseUrl,
      models: aiKeys.models,
      secretLast4: aiKeys.secretLast4,
    })
    .from(aiKeys)
    .where(eq(aiKeys.id, id))
    .for("no key update");
  return row ?? null;
}

export async function updateKey(db: Db, id: string, change: KeyChange): Promise<void> {
  await db.update(aiKeys).set(change).where(eq(aiKeys.id, id));
}

/** Forgets why a key rested: the next request may use it. */
export async function resetKey(db: Db, id: string): Promise<void> {
  await db.update(aiKeys).set(RESTED).where(eq(aiKeys.id, id));
}

export async function deleteKey(db: Db, id: string): Promise<void> {
  await db.delete(aiKeys).where(and(eq(aiKeys.id, id), eq(aiKeys.source, "panel")));
}

/** The numbers of each key since an instant. */
export function sumUsage(db: Db, since: Date) {
  return db
    .select({
      keyId: aiUsage.keyId,
      requests: sql`count(*)`.mapWith(Number),
      tokens: sql`coalesce(sum(${aiUsage.totalTokens}), 0)`.mapWith(Number),
      costMicros: sql`coalesce(sum(${aiUsage.costMicros}), 0)`.mapWith(Number),
      averageMs: sql`avg(${aiUsage.durationMs}) filter (where ${aiUsage.outcome} = 'delivered')`.mapWith(Number),
      failed: sql`count(*) filter (where ${aiUsage.outcome} = 'failed')`.mapWith(Number),
    })
    .from(aiUsage)
    .where(sql`${aiUsage.createdAt} >= ${since.toISOString()}::timestamptz and ${aiUsage.keyId} is not null`)
    .groupBy(aiUsage.keyId);
}

/** The active keys that rest, with the code of their last trouble. */
export function listTroubled(db: Db) {
  return db
    .select({
      name: aiKeys.name,
      reason: sql<string>`coalesce(${aiKeys.coolingReason}, ${aiKeys.lastError}, '')`,
    })
    .from(aiKeys)
    .where(and(aiKeys.isActive, or(gt(aiKeys.coolingUntil, sql`now()`), isNotNull(aiKeys.openedAt))))
    .orderBy(asc(aiKeys.priority), asc(aiKeys.id));
}

/** Active members of the platform's staff, for letters. */
export function listStaff(db: Db) {
  return db
    .select({ id: users.id, email: users.email, locale: users.locale })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.status, "active")));
}
