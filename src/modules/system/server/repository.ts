import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { alerts, systemSettings } from "@/db/schema/platform";

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

/** Opens an alert, or updates the open one of the same key; true when it is new. */
export async function upsertAlert(db: Db, alert: typeof alerts.$inferInsert): Promise<boolean> {
  const [row] = await db
    .insert(alerts)
    .values(alert)
    .onConflictDoUpdate({ target: alerts.key, targetWhere: isNull(alerts.resolvedAt), set: { detail: alert.detail } })
    // A row that this statement inserted has no deleting transaction yet.
    .returning({ isNew: sql<boolean>`xmax = 0` });
  return row?.isNew ?? false;
}

export async function closeAlerts(
  db: Db,
  { prefix, except, resolvedAt }: { prefix: string; except: string[]; resolvedAt: Date },
): Promise<void> {
  await db
    .update(alerts)
    .set({ resolvedAt })
    .where(
      and(
        isNull(alerts.resolvedAt),
        sql`starts_with(${alerts.key}, ${prefix})`,
        except.length > 0 ? notInArray(alerts.key, except) : undefined,
      ),
    );
}
