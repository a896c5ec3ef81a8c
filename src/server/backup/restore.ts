import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { listMigrations, migrateDatabase } from "@/db/migrate";
import { type BackupHeader, type BackupTotals, JOBS_TABLE, readBackup } from "./format";

/** Why nothing was restored. The sentence is for the person at the terminal. */
export class RestoreRefusedError extends Error {
  override readonly name = "RestoreRefusedError";
}

const LANES_TABLE = "lane_jobs";

type Tx = postgres.TransactionSql;
type ForeignKey = { table: string; name: string; definition: string };

/**
 * Restores a backup into an empty database: brings its tables to the state of the backup, fills them in one transaction
 * that also compares every count, and then runs the migrations that came later. Refuses a database that has tables and a
 * backup of a newer version. Without `withJobs` the work that waited is left behind.
 */
export async function restoreBackup(
  file: string,
  url: string,
  { withJobs }: { withJobs: boolean },
): Promise<{ header: BackupHeader; totals: BackupTotals }> {
  const { header, totals } = await readBackup(file);
  const sql = postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });
  try {
    await refuseNonEmpty(sql);
    refuseForeignVersion(header);
    await migrateDatabase(url, { count: header.migrations.length });
    await sql.begin((tx) => fill(tx, file, header, totals, withJobs));
    await migrateDatabase(url);
    await sql`analyze`;
    return { header, totals };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Creates the database that the address names where the server has none of that name. True when it did. */
export async function createMissingDatabase(url: string): Promise<boolean> {
  const probe = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await probe`select 1`;
    return false;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "3D000")) throw error;
  } finally {
    await probe.end({ timeout: 1 });
  }
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  address.pathname = "/postgres";
  const server = postgres(address.href, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await server`create database ${server(name)}`;
    return true;
  } finally {
    await server.end({ timeout: 1 });
  }
}

async function refuseNonEmpty(sql: postgres.Sql): Promise<void> {
  const tables = await sql`
    select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'drizzle', 'graphile_worker') and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') limit 1`;
  if (tables.length > 0) throw new RestoreRefusedError("The database is not empty; nothing was changed");
}

function refuseForeignVersion({ migrations }: BackupHeader): void {
  const known = listMigrations();
  const isOurs = migrations.every((migration, index) => migration.createdAt === known[index]);
  if (isOurs && migrations.length > 0) return;
  throw new RestoreRefusedError(
    "The backup was made by another version of the product; restore it with that one or a later one",
  );
}

async function fill(
  tx: Tx,
  file: string,
  header: BackupHeader,
  totals: BackupTotals,
  withJobs: boolean,
): Promise<void> {
  await tx.unsafe("set local statement_timeout = 0; set local datestyle = 'ISO'; set local timezone = 'UTC'");
  // Rows come table by table, so until the last one is in, references lead nowhere and triggers would add rows of their own.
  const foreignKeys = await dropForeignKeys(tx);
  for (const { name } of header.tables) await tx.unsafe(`alter table ${quote(name)} disable trigger user`);
  await tx.unsafe(`truncate ${header.tables.map(({ name }) => quote(name)).join(", ")}`);
  await tx.unsafe(`create temporary table restored_jobs (identifier text, payload json, queue_name text, run_at timestamptz,
    max_attempts int, job_key text, priority int) on commit drop`);
  const columnsOf = new Map(header.tables.map(({ name, columns }) => [name, columns]));
  await readBackup(file, {
    rows: (table, rows) => {
      if (table === JOBS_TABLE) return copyIn(tx, "copy restored_jobs from stdin", rows);
      const columns = columnsOf.get(table) ?? [];
      return copyIn(tx, `copy ${quote(table)} (${columns.map(quote).join(", ")}) from stdin`, rows);
    },
  });
  for (const { name } of header.tables) await tx.unsafe(`alter table ${quote(name)} enable trigger user`);
  for (const { table, name, definition } of foreignKeys)
    await tx.unsafe(`alter table ${quote(table)} add constraint ${quote(name)} ${definition}`);
  for (const { name, value } of header.sequences) await tx`select setval(${quote(name)}::regclass, ${value}::bigint)`;
  await assertCounts(tx, header, totals);
  if (withJobs) await queueJobs(tx);
  // A backup of an earlier version has no lanes.
  else if (columnsOf.has(LANES_TABLE)) await tx.unsafe(`truncate ${quote(LANES_TABLE)}`);
}

async function dropForeignKeys(tx: Tx): Promise<ForeignKey[]> {
  const found = await tx<ForeignKey[]>`
    select r.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class r on r.oid = c.conrelid
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by r.relname, c.conname`;
  for (const { table, name } of found) await tx.unsafe(`alter table ${quote(table)} drop constraint ${quote(name)}`);
  return [...found];
}

async function copyIn(tx: Tx, statement: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const target = await tx.unsafe(statement).writable();
  await pipeline(Readable.from(rows), target);
  if (!target.closed) await once(target, "close");
}

async function assertCounts(tx: Tx, { tables }: BackupHeader, totals: BackupTotals): Promise<void> {
  for (const { name } of tables) {
    const [row] = await tx.unsafe<{ count: number }[]>(`select count(*)::int as count from ${quote(name)}`);
    if (row?.count !== totals[name]?.rows)
      throw new RestoreRefusedError(
        `Table ${name} has ${row?.count} rows instead of ${totals[name]?.rows}; nothing was restored`,
      );
  }
}

async function queueJobs(tx: Tx): Promise<void> {
  await tx`
    select graphile_worker.add_job(identifier => identifier, payload => payload, queue_name => queue_name, run_at => run_at,
      max_attempts => max_attempts, job_key => job_key, priority => priority) from restored_jobs`;
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
