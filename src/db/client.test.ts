import { sql } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { closeDb, openDb, type RootDb } from "@/db/client";
import { testDb } from "@/db/testing";
import { outlastDatabase } from "@/server/database-away";
import { requiredSecret } from "@/server/env";

let db: RootDb;
afterEach(() => closeDb(db, { timeout: 1 }));

async function cutOff(pid: number | undefined): Promise<void> {
  await testDb().execute(sql`select pg_terminate_backend(${pid ?? 0}::int, 5000)`);
}

const pidOf = async (on: Pick<RootDb, "execute">) =>
  (await on.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid;

it("refuses what a transaction still sends after its connection was lost, and goes on", async () => {
  db = openDb(requiredSecret("DATABASE_URL"), { max: 1 });
  const { promise: refused, resolve: tell } = Promise.withResolvers<number>();
  const work = db.transaction(async (tx) => {
    await cutOff(await pidOf(tx));
    let refusals = 0;
    for (let n = 0; n < 5; n += 1) await tx.execute(sql`select 1`).catch(() => (refusals += 1));
    tell(refusals);
  });
  await expect(work).rejects.toThrow();
  expect(await refused).toBe(5);
  expect(await outlastDatabase(() => pidOf(db))).toEqual(expect.any(Number));
});

it("serves again within a second on a connection that was lost while statements were being sent", async () => {
  db = openDb(requiredSecret("DATABASE_URL"), { max: 1 });
  for (let round = 0; round < 5; round += 1) {
    const pid = await outlastDatabase(() => pidOf(db));
    const cut = cutOff(pid);
    const sending = Array.from({ length: 50 }, () => db.execute(sql`select 1`));
    await Promise.allSettled([cut, ...sending]);
    const startedAt = performance.now();
    await outlastDatabase(() => pidOf(db));
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  }
});

it("joins by keys on the pool for hot statements, however few rows a table seems to have", async () => {
  db = openDb(requiredSecret("DATABASE_URL"), { max: 1 });
  const plan = await db.$hot.execute<{ "QUERY PLAN": string }>(sql`
    explain select d.id from jsonb_to_recordset('[]'::jsonb) as named(id uuid) join dialogs d on d.id = named.id`);
  const lines = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(lines).toMatch(/^Nested Loop/);
  expect(lines).toContain("Index Cond: (id = named.id)");
});
