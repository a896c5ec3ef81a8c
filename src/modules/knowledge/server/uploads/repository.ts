import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * Which of these keys a row names. Every table that keeps a file names it in a column whose name ends in `storage_key`, so a
 * module that starts to keep files is covered from its first migration on.
 */
export async function findKnownKeys(db: Db, keys: string[]): Promise<Set<string>> {
  const columns = await db.execute<{ table: string; column: string }>(sql`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name like '%storage\\_key'`);
  // Without a single such table every file would look abandoned.
  if (columns.length === 0) throw new Error("No table names stored files; the database is not migrated.");
  const asked = sql`(select value from json_array_elements_text(${JSON.stringify(keys)}::text::json))`;
  const named = columns.map(
    ({ table, column }) =>
      sql`select ${sql.identifier(column)}::text as key from ${sql.identifier(table)} where ${sql.identifier(column)}::text in ${asked}`,
  );
  const rows = await db.execute<{ key: string }>(sql.join(named, sql` union `));
  return new Set(rows.map(({ key }) => key));
}
