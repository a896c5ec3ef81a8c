import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDb, openDb } from "@/db/client";
import { flushed } from "@/db/flush";
import { executePrepared, flushedLater } from "@/db/prepared";
import { testDb } from "@/db/testing";
import { requiredSecret } from "@/server/env";

testDb();
// The servers of tests do not wait for the disk by themselves.
const url = new URL(requiredSecret("DATABASE_URL"));
url.searchParams.set("synchronous_commit", "on");
const db = openDb(url.href, { max: 4 });
afterAll(() => closeDb(db, { timeout: 1 }));

/** Commits something without waiting for the disk; its place in the log. */
async function commitLater(): Promise<string> {
  const [row] = await executePrepared<{ place: string }>(
    db,
    sql`select pg_logical_emit_message(true, 'test', 'x') as place, ${flushedLater}`,
  );
  return row?.place ?? "";
}

async function isOnDisk(place: string): Promise<boolean> {
  const [row] = await db.execute<{ is: boolean }>(sql`select pg_current_wal_flush_lsn() >= ${place}::pg_lsn as is`);
  return row?.is ?? false;
}

it("what was committed before is on the disk afterwards, for one caller and for many at once", async () => {
  const place = await commitLater();
  await flushed(db);
  expect(await isOnDisk(place)).toBe(true);
  const places = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const own = await commitLater();
      await flushed(db);
      return { own, is: await isOnDisk(own) };
    }),
  );
  expect(places.filter(({ is }) => !is)).toEqual([]);
});
