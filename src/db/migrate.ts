import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";

// Any fixed number; two starts against one database take turns on it.
const MIGRATION_LOCK = 4_201_338;
const OLDEST_POSTGRES = 150_000;

/** Thrown when the database cannot be used at all. The sentence names the cause and no credentials. */
export class DatabaseUnusableError extends Error {
  override readonly name = "DatabaseUnusableError";
}

/**
 * Brings the application's tables and the job queue's schema up to date. Safe to run from many processes at once.
 * Refuses a server older than PostgreSQL 15 with `DatabaseUnusableError`.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });
  try {
    await refuseOldServer(sql);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder: path.resolve("drizzle") });
    await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseOldServer(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ number: string; name: string }[]>`
    select current_setting('server_version_num') as number, current_setting('server_version') as name`;
  if (!row || Number(row.number) >= OLDEST_POSTGRES) return;
  throw new DatabaseUnusableError(`PostgreSQL 15 or newer is needed, DATABASE_URL leads to ${row.name}`);
}
