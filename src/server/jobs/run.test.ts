import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import * as z from "zod";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { defineJob, enqueue } from "@/server/jobs/define";
import { LEASE_CLASS } from "@/server/jobs/leases";
import { startRunner } from "@/server/jobs/run";

const db = testDb();

const rowOf = (name: string) => sql`
  from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
  where tasks.identifier = ${name}`;

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(20);
  }
}

it("keeps a running job from being taken for a dead worker's, however long it runs", async () => {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const job = defineJob({
    name: `test.long-${newId()}`,
    payload: z.object({}),
    run: () => finished,
  });
  const look = () =>
    db.execute<{ holder: string | null; isLeased: boolean | null }>(sql`
      select locked_by as holder, not pg_try_advisory_xact_lock(${LEASE_CLASS}::int, hashtext(locked_by)) as "isLeased" ${rowOf(job.name)}`);
  await enqueue({ db }, job, {});
  const runner = await startRunner([job], 1);
  try {
    await expect.poll(look, { timeout: 10_000 }).toEqual([{ holder: expect.any(String), isLeased: true }]);
  } finally {
    finish();
    await runner.stop();
  }
});

it("goes on with its jobs after the database dropped every connection, whatever was running", async () => {
  const begun = new Set<string>();
  const { promise: dropped, resolve: goOn } = Promise.withResolvers<void>();
  const job = defineJob({
    name: `test.dropped-${newId()}`,
    payload: z.object({ mark: z.string() }),
    run: async (_, { mark }) => {
      begun.add(mark);
      await dropped;
      if (mark === "fails") throw new Error("failed");
    },
  });
  const runner = await startRunner([job], 6);
  try {
    for (const mark of ["ends", "ends as well", "fails"]) await enqueue({ db }, job, { mark });
    await until(async () => (begun.size === 3 ? true : undefined));
    const ended = await db.execute(sql`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name <> 'chatai' and pid <> pg_backend_pid()`);
    expect(ended.length).toBeGreaterThan(1);
    goOn();
    await enqueue({ db }, job, { mark: "comes later" });
    await until(async () => (begun.has("comes later") ? true : undefined));
  } finally {
    await runner.stop();
  }
});

it("keeps what a failed query was given out of the job's own record", async () => {
  const secret = "My card is 4111 1111 1111 1111";
  const job = defineJob({
    name: `test.failing-${newId()}`,
    payload: z.object({}),
    run: async () => {
      await db.execute(sql`select ${secret}::int`);
    },
  });
  await enqueue({ db }, job, {});
  const runner = await startRunner([job], 1);
  try {
    const recorded = await until(async () => {
      const [row] = await db.execute<{ error: string | null }>(sql`select last_error as error ${rowOf(job.name)}`);
      return row?.error ?? undefined;
    });
    expect(recorded).toBe("database query failed (22P02)");
  } finally {
    await runner.stop();
  }
});
