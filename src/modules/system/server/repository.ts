import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export async function countAppliedMigrations(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from drizzle.__drizzle_migrations`);
  return row?.count ?? 0;
}
