import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import * as z from "zod";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { defineJob, enqueue } from "@/server/jobs/define";
import { startLanes } from "@/server/jobs/lanes";
import { endAndLease } from "@/server/jobs/lane-store";
import { db as runtimeDb } from "@/db/client";

const db = testDb();
const client = runtimeDb().$client;

/** A kind of job of this test alone, whose attempts are recorded and do as told. */
function givenJob(work: (mark: string, attempt: number) => Promise<void> = () => Promise.resolve(), attempts = 5) {
  const begun: string[] = [];
  const job = defineJob({
    name: `test.lane-${newId()}`,
    payload: z.object({ mark: z.string() }),
    attempts,
    run: async ({ attempt }, { mark }) => {
      begun.push(mark);
      await work(mark, attempt);
    },
  });
  const add = (lane: string, mark: string, more: { key?: string; runAt?: Date } = {}) =>
    enqueue({ db }, job, { mark }, { lane, ...more });
  const rows = () =>
    db.execute<{ mark: string; attempts: number; hasFailed: boolean; error: string | null }>(sql`
      select payload ->> 'mark' as mark, attempts::int, failed_at is not null as "hasFailed", last_error as error
      from lane_jobs where name = ${job.name} order by id`);
  return { job, begun, add, rows };
}

const lease = (names: string[], limit = 100, runner = newId(), ended: string[] = []) =>
  endAndLease(client, runner, { ended, running: [], names, limit, visitedTo: "" });
const expire = (name: string) =>
  db.execute(
    sql`update lane_jobs set leased_until = now() - interval '1 second' where name = ${name} and leased_until is not null`,
  );
const marksOf = (leased: Awaited<ReturnType<typeof lease>>) =>
  leased?.map(({ payload }) => z.object({ mark: z.string() }).parse(payload).mark).toSorted();

it("runs the jobs of a lane one after the other and in order, and other lanes meanwhile", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { job, begun, add, rows } = givenJob((mark) => (mark === "a1" ? gate : Promise.resolve()));
  const [a, b] = [newId(), newId()];
  for (const [lane, mark] of [
    [a, "a1"],
    [a, "a2"],
    [b, "b1"],
    [a, "a3"],
    [b, "b2"],
  ] as const)
    await add(lane, mark);
  const runner = await startLanes([job], 8);
  try {
    await expect.poll(() => begun).toEqual(["a1", "b1", "b2"]);
    open();
    await expect.poll(() => begun).toEqual(["a1", "b1", "b2", "a2", "a3"]);
    await expect.poll(rows).toEqual([]);
  } finally {
    await runner.stop();
  }
});

it("never runs more at once than it was told to", async () => {
  let [running, most] = [0, 0];
  const { job, begun, add } = givenJob(async () => {
    most = Math.max(most, (running += 1));
    await delay(5);
    running -= 1;
  });
  for (let n = 0; n < 30; n += 1) await add(newId(), String(n));
  const runner = await startLanes([job], 3);
  await expect.poll(() => begun.length).toBe(30);
  await runner.stop();
  expect(most).toBe(3);
});

it("does not let a flood in one lane hold up the others", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { job, begun, add } = givenJob((mark) => (mark === "flood" ? gate : Promise.resolve()));
  const flood = newId();
  await db.execute(sql`
    insert into lane_jobs (lane, name, payload, max_attempts)
    select ${flood}, ${job.name}, '{"mark": "flood"}'::jsonb, 5 from generate_series(1, 3000)`);
  for (const mark of ["a", "b"]) await add(newId(), mark);
  const runner = await startLanes([job], 8);
  await expect.poll(() => begun.toSorted()).toEqual(["a", "b", "flood"]);
  await db.execute(sql`delete from lane_jobs where lane = ${flood} and leased_until is null`);
  open();
  await runner.stop();
});

it("lets others in though the jobs of a flood are done before anybody looks again", async () => {
  const { job, begun, add } = givenJob();
  await db.execute(sql`
    insert into lane_jobs (lane, name, payload, max_attempts)
    select ${newId()} || n % 2, ${job.name}, '{"mark": "flood"}'::jsonb, 5 from generate_series(1, 4000) n`);
  const runner = await startLanes([job], 8);
  for (let n = 0; n < 50; n += 1) await add(newId(), "visitor");
  await expect.poll(() => begun.filter((mark) => mark === "visitor").length, { timeout: 10_000 }).toBe(50);
  expect(begun.length).toBeLessThan(1000);
  await runner.stop();
  await db.execute(sql`delete from lane_jobs where name = ${job.name}`);
});

it("serves a small customer beside one with hundreds of lanes", async () => {
  const { job, begun, add } = givenJob(() => delay(20));
  const [big, small] = [newId(), newId()];
  await db.execute(sql`
    insert into lane_jobs (lane, name, payload, max_attempts)
    select 'a:' || ${big} || ':' || n, ${job.name}, '{"mark": "big"}'::jsonb, 5 from generate_series(1, 1000) n`);
  const runner = await startLanes([job], 4);
  for (const n of [1, 2, 3]) await add(`a:${small}:${n}`, "small");
  await expect.poll(() => begun.filter((mark) => mark === "small").length, { timeout: 10_000 }).toBe(3);
  expect(begun.length).toBeLessThan(700);
  await runner.stop();
  await db.execute(sql`delete from lane_jobs where name = ${job.name}`);
});

it("gets through a flood whose first job has failed once", async () => {
  const { job, begun, add } = givenJob(async (mark, attempt) => {
    if (mark === "first" && attempt === 1) throw new Error("not yet");
  });
  const lane = newId();
  await add(lane, "first");
  await db.execute(sql`
    insert into lane_jobs (lane, name, payload, max_attempts)
    select ${lane}, ${job.name}, '{"mark": "flood"}'::jsonb, 5 from generate_series(1, 300)`);
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun.length, { timeout: 15_000 }).toBe(302);
  await runner.stop();
  expect(begun.filter((mark) => mark === "first")).toHaveLength(2);
});

it("lets several runners share the work, each job once", async () => {
  const { job, begun, add, rows } = givenJob(() => delay(1));
  const lanes = Array.from({ length: 20 }, () => newId());
  for (let n = 0; n < 200; n += 1) await add(lanes[n % lanes.length] ?? "", `${n}`);
  const runners = await Promise.all([1, 2, 3].map(() => startLanes([job], 8)));
  await expect.poll(() => begun.length, { timeout: 20_000 }).toBe(200);
  await Promise.all(runners.map((runner) => runner.stop()));
  expect(new Set(begun).size).toBe(200);
  for (const [index] of lanes.entries()) {
    const ofLane = begun.map(Number).filter((n) => n % lanes.length === index);
    expect(ofLane).toEqual(ofLane.toSorted((x, y) => x - y));
  }
  expect(await rows()).toEqual([]);
});

it("tries a failed job again later and lets the next of its lane go first", async () => {
  const { job, begun, add } = givenJob(async (mark, attempt) => {
    if (mark === "fails once" && attempt === 1) throw new Error("not yet");
  });
  const lane = newId();
  await add(lane, "fails once");
  await add(lane, "next");
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun, { timeout: 10_000 }).toEqual(["fails once", "next", "fails once"]);
  await runner.stop();
});

it("keeps a job that used up its attempts to be seen, and it holds up nobody", async () => {
  const { job, begun, add, rows } = givenJob(async (mark) => {
    if (mark === "fails") throw new Error("never");
  }, 1);
  const lane = newId();
  await add(lane, "fails");
  await add(lane, "next");
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun).toEqual(["fails", "next"]);
  await runner.stop();
  expect(await rows()).toEqual([{ mark: "fails", attempts: 1, hasFailed: true, error: "never" }]);
});

it("replaces a waiting job of the same key, and joins one that runs", async () => {
  const { job, begun, add } = givenJob();
  const [lane, key] = [newId(), newId()];
  await add(lane, "old", { key });
  await add(lane, "new", { key });
  expect(marksOf(await lease([job.name]))).toEqual(["new"]);
  await add(lane, "after", { key });
  await add(lane, "after that", { key });
  expect(await lease([job.name])).toEqual([]);
  await expire(job.name);
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun).toEqual(["new", "after that"]);
  await runner.stop();
});

it("forgets a failed job that a newer one of its key has replaced", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { job, begun, add, rows } = givenJob(async (mark) => {
    if (mark === "newer") return;
    await gate;
    throw new Error("failed");
  });
  const [lane, key] = [newId(), newId()];
  await add(lane, "older", { key });
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun).toEqual(["older"]);
  await add(lane, "newer", { key });
  open();
  await expect.poll(() => begun).toEqual(["older", "newer"]);
  await expect.poll(rows).toEqual([]);
  await runner.stop();
});

it("leaves a job alone before its time and finds it then", async () => {
  const { job, begun, add } = givenJob();
  const runner = await startLanes([job], 2);
  const dueAt = Date.now() + 300;
  await add(newId(), "later", { runAt: new Date(dueAt) });
  expect(await lease([job.name])).toEqual([]);
  await expect.poll(() => begun).toEqual(["later"]);
  expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
  await runner.stop();
});

it("hands the jobs of a dead runner to another, the first of the lane first", async () => {
  const { job, begun, add } = givenJob();
  const lane = newId();
  await add(lane, "1");
  await add(lane, "2");
  expect(marksOf(await lease([job.name]))).toEqual(["1"]);
  expect(await lease([job.name])).toEqual([]);
  await expire(job.name);
  const runner = await startLanes([job], 2);
  await expect.poll(() => begun).toEqual(["1", "2"]);
  await runner.stop();
});

it("does not take what it still runs for a dead runner's, after a sleep that outlasted the lease", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { job, begun, add, rows } = givenJob((mark) => (mark === "long" ? gate : Promise.resolve()));
  const runner = await startLanes([job], 4);
  await add(newId(), "long");
  await expect.poll(() => begun).toEqual(["long"]);
  await expire(job.name);
  await add(newId(), "wakes the runner");
  await expect.poll(() => begun).toEqual(["long", "wakes the runner"]);
  open();
  await runner.stop();
  expect(begun).toHaveLength(2);
  expect(await rows()).toEqual([]);
});

it("makes a job wait whose last attempt ended with the death of its runner", async () => {
  const { job, add } = givenJob(undefined, 1);
  await add(newId(), "kills");
  expect(marksOf(await lease([job.name]))).toEqual(["kills"]);
  await expire(job.name);
  expect(await lease([job.name])).toEqual([]);
  await db.execute(sql`update lane_jobs set leased_until = now() - interval '2 minutes' where name = ${job.name}`);
  expect(await lease([job.name])).toMatchObject([{ attempts: 1, maxAttempts: 1 }]);
});

it("leases one job of a lane though many runners ask at the same moment", async () => {
  const { job, add } = givenJob();
  const lane = newId();
  for (const mark of ["1", "2", "3"]) await add(lane, mark);
  const leased = await Promise.all(Array.from({ length: 12 }, () => lease([job.name])));
  expect(leased.flatMap((jobs) => marksOf(jobs) ?? [])).toEqual(["1"]);
});

it("leases the next of a lane in the statement that ends the one before", async () => {
  const { job, add } = givenJob();
  const [lane, runner] = [newId(), newId()];
  for (const mark of ["1", "2"]) await add(lane, mark);
  const [first] = (await lease([job.name], 1, runner)) ?? [];
  const next = await lease([job.name], 5, runner, [first?.id ?? ""]);
  expect(marksOf(next)).toEqual(["2"]);
  // What another runner was given meanwhile is not ended by the first.
  expect(await lease([job.name], 5, newId(), [next?.[0]?.id ?? ""])).toEqual([]);
  expect(await db.execute(sql`select 1 from lane_jobs where name = ${job.name}`)).toHaveLength(1);
});

it("runs a job again that was leased before the database lost what was not on disk, though it ended after that", async () => {
  const { job, add, rows } = givenJob();
  const runner = newId();
  await add(newId(), "undone");
  const [leased] = (await lease([job.name], 1, runner)) ?? [];
  // What recovery after a crash does to an unlogged table, and to no other.
  const kind = sql`select relpersistence as kind from pg_class where oid = 'database_lives'::regclass`;
  expect(await db.execute(kind)).toEqual([{ kind: "u" }]);
  await db.execute(sql`delete from database_lives`);
  const end = (id = "") => lease([job.name], 5, runner, [id]);
  expect(await end(leased?.id)).toEqual([]);
  expect(await rows()).toHaveLength(1);
  await expire(job.name);
  const [again] = (await lease([job.name], 1, runner)) ?? [];
  expect(again).toMatchObject({ id: leased?.id, attempts: 2 });
  await end(again?.id);
  expect(await rows()).toEqual([]);
});

it("lets what runs end before it stops, and begins nothing more", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { job, begun, add, rows } = givenJob(() => gate);
  const lane = newId();
  const runner = await startLanes([job], 1);
  await add(lane, "runs");
  await expect.poll(() => begun).toEqual(["runs"]);
  await add(lane, "waits");
  const stopped = runner.stop();
  open();
  await stopped;
  expect(begun).toEqual(["runs"]);
  expect(await rows()).toMatchObject([{ mark: "waits", attempts: 0 }]);
});

it("exists only if the transaction that added it commits", async () => {
  const { job, rows } = givenJob();
  await db
    .transaction(async (tx) => {
      await enqueue({ db: tx }, job, { mark: "gone" }, { lane: newId() });
      throw new Error("rolled back");
    })
    .catch(() => undefined);
  expect(await rows()).toEqual([]);
});
