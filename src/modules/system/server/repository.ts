import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { systemSettings } from "@/db/schema/platform";

export async function countAppliedMigrations(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return row?.count ?? 0;
}

/** The stored value of a setting; undefined when nobody set it. */
export async function findSetting(db: Db, category: string, key: string): Promise<unknown> {
  const [row] = await db
    .select({ value: systemSettings.value })
    .from(systemSettings)
    .where(and(eq(systemSettings.category, category), eq(systemSettings.key, key)));
  return row?.value;
}

export async function upsertSetting(db: Db, category: string, key: string, value: unknown): Promise<void> {
  await db
    .insert(systemSettings)
    .values({ category, key, value })
    .onConflictDoUpdate({ target: [systemSettings.category, systemSettings.key], set: { value } });
}
