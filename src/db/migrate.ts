import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";
import * as z from "zod";

// Any fixed number; two starts against one database take turns on it.
const MIGRATION_LOCK = 4_201_338;
const OLDEST_POSTGRES = 150_000;

const migrationsFolder = path.resolve("drizzle");
const queueMigrationsFolder = path.resolve("node_modules/graphile-worker/sql");
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
    if (!(await isQueueCurrent(sql))) await migrateQueue(url);
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

// The queue's library is long to load, and hardly any start has something for it to do.
async function isQueueCurrent(sql: postgres.Sql): Promise<boolean> {
  const files = await readdir(queueMigrationsFolder).catch(() => []);
  const newest = Math.max(...files.map((file) => Number.parseInt(file, 10)));
  const [table] = await sql<
    { exists: boolean }[]
  >`select to_regclass('graphile_worker.migrations') is not null as exists`;
  if (!Number.isInteger(newest) || !table?.exists) return false;
  const [row] = await sql<{ id: number | null }[]>`select max(id) as id from graphile_worker.migrations`;
  return row?.id === newest;
}

async function migrateQueue(url: string): Promise<void> {
  const { Logger, runMigrations } = await import("graphile-worker");
  await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) });
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
