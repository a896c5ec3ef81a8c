import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { events, workspaces } from "@/db/schema/workspaces";
import { testDb } from "@/db/testing";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import { defineJob, enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { makeCtx } from "@/server/testing";
import { inTransaction } from "@/server/transaction";

async function givenTenant() {
  const [row] = await testDb()
    .insert(workspaces)
    .values({ slug: newId(), name: "Acme" })
    .returning({ id: workspaces.id });
  if (!row) throw new Error("No workspace was made.");
  return { ...makeCtx(testDb(), { kind: "system", job: "test" }), workspaceId: row.id as WorkspaceId };
}

const noop = defineJob({ name: "test.noop", payload: z.object({ mark: z.string() }), run: async () => undefined });

async function countJobs(mark: string): Promise<number> {
  const rows = await testDb().execute<{ n: number }>(
    sql`select count(*)::int as n from graphile_worker._private_jobs where payload ->> 'mark' = ${mark}`,
  );
  return rows[0]?.n ?? 0;
}

describe("a transaction", () => {
  it("numbers events without gaps, in the order of publishing, under parallel writers", async () => {
    const ctx = await givenTenant();
    await Promise.all(
      Array.from({ length: 10 }, (_, writer) =>
        inTransaction(ctx, async (tx) => {
          await publish(tx, { type: "message.new", ids: { writer: String(writer), n: "1" } });
          await publish(tx, { type: "message.new", ids: { writer: String(writer), n: "2" } });
        }),
      ),
    );
    const rows = await testDb()
      .select()
      .from(events)
      .where(eq(events.workspaceId, ctx.workspaceId))
      .orderBy(asc(events.seq));
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    for (let n = 0; n < 20; n += 2) {
      expect([rows[n]?.ids.n, rows[n + 1]?.ids.n]).toEqual(["1", "2"]);
      expect(rows[n]?.ids.writer).toBe(rows[n + 1]?.ids.writer);
    }
  });

  it("takes its jobs and events with it when it fails", async () => {
    const ctx = await givenTenant();
    const mark = newId();
    const attempt = inTransaction(ctx, async (tx) => {
      await enqueue(tx, noop, { mark });
      await publish(tx, { type: "message.new", ids: {} });
      throw new Error("stop");
    });
    await expect(attempt).rejects.toThrow("stop");
    expect(await countJobs(mark)).toBe(0);
    expect(await testDb().select().from(events).where(eq(events.workspaceId, ctx.workspaceId))).toEqual([]);
  });

  it("joins the one that is already open", async () => {
    const ctx = await givenTenant();
    const mark = newId();
    await inTransaction(ctx, async (outer) => {
      await inTransaction(outer, (inner) => enqueue(inner, noop, { mark }));
      expect(await countJobs(mark)).toBe(0);
    });
    expect(await countJobs(mark)).toBe(1);
  });

  it("runs again after a serialization failure and commits once", async () => {
    const ctx = await givenTenant();
    let attempts = 0;
    await inTransaction(ctx, async (tx) => {
      attempts += 1;
      await publish(tx, { type: "message.new", ids: {} });
      if (attempts === 1) await tx.db.execute(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
    });
    expect(attempts).toBe(2);
    expect(await testDb().select().from(events).where(eq(events.workspaceId, ctx.workspaceId))).toHaveLength(1);
  });
});
