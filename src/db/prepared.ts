import { PgDialect } from "drizzle-orm/pg-core";
import { sql, type SQL } from "drizzle-orm";
import { type Db, hotDb } from "@/db/client";

/**
 * Part of a statement that commits by itself: its commit does not wait for the disk, and so holds its locks for a moment
 * only. A crash of the database server may undo it, never without all that came after it. For what nobody was told of yet,
 * and what the next run makes again. Inside a transaction it would free the whole of it from waiting.
 */
export const flushedLater = sql`set_config('synchronous_commit', 'off', true)`;

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * Runs a hot statement through the driver's prepared statements: planned once per connection, and one round trip
 * instead of two. For statements whose text never varies with their values. Timestamps arrive as text.
 */
export async function executePrepared<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const query = dialect.sqlToQuery(statement);
  // A name is what makes the session prepare; the driver keys its cache by the text itself.
  const rows: unknown = await hotDb(db)._.session.prepareQuery(query, undefined, "hot", false).execute();
  // The driver's rows are as the statement's select list says; the caller names that shape.
  return rows as Row[];
}
