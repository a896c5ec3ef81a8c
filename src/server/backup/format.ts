import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import * as z from "zod";

/**
 * A backup is one gzip file of lines: a header as JSON; for each table a line with its name, its rows as PostgreSQL's COPY
 * writes them, and a line `\.`; a trailer with the number and the SHA-256 of each table's rows.
 */
const header = z.object({
  format: z.literal("chatai-backup"),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  postgres: z.string(),
  migrations: z.array(z.object({ hash: z.string(), createdAt: z.number() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
});
const tableLine = z.object({ table: z.string() });
const trailer = z.object({ end: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })) });

export type BackupHeader = z.infer<typeof header>;
export type BackupTotals = z.infer<typeof trailer>["end"];

/** The queue's waiting jobs travel under this name, in columns of our own, because its tables are the queue's private matter. */
export const JOBS_TABLE = "queue.jobs";

/** The file is no backup, or not all of one. The sentence is for the person at the terminal. */
export class BackupDamagedError extends Error {
  override readonly name = "BackupDamagedError";
}

export const END_OF_ROWS = Buffer.from("\\.\n");
const NEWLINE = 0x0a;

/** Counts and hashes the rows of one table as they pass. COPY escapes line breaks, so a line is a row. */
export class RowMeter {
  rows = 0;
  private readonly hash: Hash = createHash("sha256");

  take(chunk: Buffer): Buffer {
    this.hash.update(chunk);
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) this.rows += 1;
    return chunk;
  }

  total(): BackupTotals[string] {
    return { rows: this.rows, sha256: this.hash.digest("hex") };
  }
}

type Visitor = {
  header?: (header: BackupHeader) => Promise<void> | void;
  /** Must read the rows to their end. */
  rows?: (table: string, rows: AsyncIterable<Buffer>) => Promise<void>;
};

/**
 * Reads a backup from its first line to its last and proves that it is whole. Nothing that a visitor did is to be kept
 * when this throws `BackupDamagedError`.
 */
export async function readBackup(
  file: string,
  visitor: Visitor = {},
): Promise<{ header: BackupHeader; totals: BackupTotals }> {
  const source = createReadStream(file);
  const unpacked = createGunzip({ chunkSize: 1024 * 1024 });
  source.on("error", (error) => unpacked.destroy(error));
  try {
    return await readLines(new LineReader(source.pipe(unpacked)), visitor);
  } catch (error) {
    throw isTorn(error)
      ? new BackupDamagedError("It is not a backup, or a part of it is missing", { cause: error })
      : error;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

async function readLines(lines: LineReader, visitor: Visitor) {
  const head = header.parse(await lines.json());
  await visitor.header?.(head);
  const totals: BackupTotals = {};
  for (;;) {
    const line = await lines.json();
    const end = trailer.safeParse(line);
    if (end.success) {
      assertSame(totals, end.data.end);
      return { header: head, totals };
    }
    const { table } = tableLine.parse(line);
    const meter = new RowMeter();
    const rows = metered(lines.rows(), meter);
    if (visitor.rows) await visitor.rows(table, rows);
    while (!(await rows.next()).done);
    totals[table] = meter.total();
  }
}

function assertSame(read: BackupTotals, written: BackupTotals): void {
  const names = Object.keys(written);
  const differs = names.find(
    (name) => read[name]?.rows !== written[name]?.rows || read[name]?.sha256 !== written[name]?.sha256,
  );
  if (differs === undefined && Object.keys(read).length === names.length) return;
  throw new BackupDamagedError(`Its table ${differs ?? "list"} is not as it was written`);
}

async function* metered(rows: AsyncIterable<Buffer>, meter: RowMeter): AsyncGenerator<Buffer> {
  for await (const chunk of rows) yield meter.take(chunk);
}

// What zlib, the JSON parser and the schemas throw for a file that is cut off or something else altogether.
function isTorn(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof EndOfFile) return true;
  return error instanceof Error && "code" in error && /^Z_|^ERR_STREAM_PREMATURE/.test(String(error.code));
}

class EndOfFile extends Error {}

class LineReader {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async json(): Promise<unknown> {
    for (let end = this.rest.indexOf(NEWLINE); ; end = this.rest.indexOf(NEWLINE)) {
      if (end < 0) {
        await this.fill();
        continue;
      }
      const line = this.rest.subarray(0, end).toString("utf8");
      this.rest = this.rest.subarray(end + 1);
      return JSON.parse(line);
    }
  }

  /** Whole lines up to the end mark of a table, which is taken off. */
  async *rows(): AsyncGenerator<Buffer> {
    const inside = Buffer.concat([Buffer.from("\n"), END_OF_ROWS]);
    for (;;) {
      if (this.rest.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) {
        this.rest = this.rest.subarray(END_OF_ROWS.length);
        return;
      }
      const mark = this.rest.indexOf(inside);
      const end = mark >= 0 ? mark : this.rest.lastIndexOf(NEWLINE);
      const ready = this.rest.subarray(0, end + 1);
      this.rest = this.rest.subarray(end + 1);
      if (ready.length > 0) yield ready;
      if (mark < 0) await this.fill();
    }
  }

  private async fill(): Promise<void> {
    const next = await this.source.next();
    if (next.done) throw new EndOfFile();
    this.rest = Buffer.concat([this.rest, next.value]);
  }
}
