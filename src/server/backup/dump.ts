import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import postgres from "postgres";
import { type BackupHeader, type BackupTotals, END_OF_ROWS, JOBS_TABLE, readBackup, RowMeter } from "./format";

export type Backup = { file: string; header: BackupHeader; totals: BackupTotals };

type Tx = postgres.TransactionSql;

// As pg_dump sets them, so that every server reads back what was written.
const PORTABLE = `set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local extra_float_digits = 3; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/**
 * Writes all tables of one instant, and the jobs that wait, into a new file of `dir`, which only its owner may read, and
 * reads it back: it appears under its name when it is proved to be whole. Work goes on meanwhile.
 */
export async function writeBackup(url: string, dir: string, now: Date): Promise<Backup> {
  await mkdir(dir, { recursive: true });
  const file = path.join(dir, backupName(now));
  const unfinished = `${file}.part`;
  const sql = postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql.begin("isolation level repeatable read read only", async (tx) => {
      await tx.unsafe(PORTABLE);
      const target = createWriteStream(unfinished, { flags: "wx", mode: 0o600, flush: true });
      await pipeline(Readable.from(lines(tx, now)), createGzip(), target);
    });
    const { header, totals } = await readBackup(unfinished);
    await rename(unfinished, file);
    return { file, header, totals };
  } finally {
    await rm(unfinished, { force: true });
    await sql.end({ timeout: 5 });
  }
}

/** `chatai-20260718T101112Z.backup.gz`: names sort by time. */
export function backupName(now: Date): string {
  return `chatai-${now.toISOString().replace(/[-:]|\.\d+/g, "")}.backup.gz`;
}

async function* lines(tx: Tx, now: Date): AsyncGenerator<Buffer> {
  const head = await readHeader(tx, now);
  yield json(head);
  const totals: BackupTotals = {};
  const sources = [
    ...head.tables.map(({ name, columns }) => ({
      name,
      query: `copy ${quote(name)} (${columns.map(quote).join(", ")}) to stdout`,
    })),
    { name: JOBS_TABLE, query: `copy (${WAITING_JOBS}) to stdout` },
  ];
  for (const { name, query } of sources) {
    yield json({ table: name });
    const meter = new RowMeter();
    for await (const chunk of copyOut(tx, query)) yield meter.take(chunk);
    yield END_OF_ROWS;
    totals[name] = meter.total();
  }
  yield json({ end: totals });
}

async function* copyOut(tx: Tx, statement: string): AsyncGenerator<Buffer> {
  const rows = await tx.unsafe(statement).readable();
  for await (const chunk of rows) yield chunk as Buffer;
  // The driver stops its socket while the stream is full, and forgets to go on when that was at the table's end.
  rows._read(0);
}

const WAITING_JOBS = `select tasks.identifier, jobs.payload, queues.queue_name, jobs.run_at, jobs.max_attempts, jobs.key, jobs.priority
  from graphile_worker._private_jobs jobs
  join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
  left join graphile_worker._private_job_queues queues on queues.id = jobs.job_queue_id
  where jobs.attempts < jobs.max_attempts order by jobs.id`;

async function readHeader(tx: Tx, now: Date): Promise<BackupHeader> {
  const tables = await tx<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by c.relname order by c.relname`;
  const migrations = await tx<{ hash: string; createdAt: number }[]>`
    select hash, created_at::float8 as "createdAt" from drizzle.__drizzle_migrations order by created_at, id`;
  const sequences = await tx<{ name: string; value: string }[]>`
    select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null`;
  const [server] = await tx<{ version: string }[]>`select current_setting('server_version') as version`;
  return {
    format: "chatai-backup",
    version: 1,
    createdAt: now.toISOString(),
    postgres: server?.version ?? "",
    migrations: [...migrations],
    tables: [...tables],
    sequences: [...sequences],
  };
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
