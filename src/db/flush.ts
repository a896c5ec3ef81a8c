import { sql } from "drizzle-orm";
import { type Db, hotDb } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { Gatherer } from "@/lib/gather";

const flushers = new WeakMap<Db, Gatherer<void>>();

/**
 * Resolves once everything that was committed before this call is on the disk. For a statement with `flushedLater` whose
 * outcome will be told to somebody: it lets go of its locks at once, and only whoever tells waits for the disk. Calls that
 * come while one is under way share the next. Rejects when the server went away, and then the outcome is unknown, as with a
 * commit whose reply was lost.
 */
export function flushed(db: Db): Promise<void> {
  const pool = hotDb(db);
  const flusher = flushers.get(pool) ?? new Gatherer<void>(() => writeRecord(pool));
  flushers.set(pool, flusher);
  return flusher.add();
}

/** A record of its own in the log, whose commit waits for all records before it. */
async function writeRecord(pool: Db): Promise<void> {
  await executePrepared(pool, sql`select pg_logical_emit_message(true, 'flush', '')`);
}
