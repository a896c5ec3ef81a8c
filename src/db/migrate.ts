import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";
import * as z from "zod";

// Any fixed number; two starts against one database take turns on it.
const MIGRATION_LOCK = 4_201_338;
const OLDEST_POSTGRES = 150_000;

const migrationsFolder = path.resolve("drizzle");
const journalSchema = z.looseObject({ entries: z.array(z.unknown()) });

/** The migrations of this version, oldest first, by the moment of their making: a migrated database remembers the same. */
export function listMigrations(): number[] {
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);
}

/** Thrown when the database cannot be used at all. The sentence names the cause and no credentials. */
export class DatabaseUnusableError extends Error {
  override readonly name = "DatabaseUnusableError";
}

/**
 * Brings the application's tables and the job queue's schema up to date. Safe to run from many processes at once.
 * Refuses a server older than PostgreSQL 15 with `DatabaseUnusableError`. With `count` it stops after that many of the
 * application's migrations, which is what a backup of an earlier version needs.
 */
export async function migrateDatabase(url: string, { count }: { count?: number } = {}): Promise<void> {
  const sql = postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });
  try {
    await refuseOldServer(sql);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    if (count === undefined) await migrate(drizzle(sql), { migrationsFolder });
    else await migrateFirst(sql, count);
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

// The migrator always runs its whole folder, so it gets one whose journal ends early.
async function migrateFirst(sql: postgres.Sql, count: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "chatai-migrations-"));
  try {
    await cp(migrationsFolder, folder, { recursive: true });
    const file = path.join(folder, "meta", "_journal.json");
    const journal = journalSchema.parse(JSON.parse(await readFile(file, "utf8")));
    await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
