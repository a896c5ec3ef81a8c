import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import * as z from "zod";
import { db as runtimeDb } from "@/db/client";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { defineJob, enqueue } from "@/server/jobs/define";
import { sweepIdleQueues } from "@/server/jobs/idle-queues";

const pool = runtimeDb();
const db = testDb();
const job = defineJob({ name: "test.idle", payload: z.object({}), run: () => Promise.resolve() });

async function queueOf(name: string): Promise<{ jobs: number } | undefined> {
  const [row] = await db.execute<{ jobs: number }>(sql`
    select (select count(*)::int from graphile_worker._private_jobs j where j.job_queue_id = q.id) as jobs
    from graphile_worker._private_job_queues q where q.queue_name = ${name}`);
  return row;
}

/** A queue as it stays behind when its last job has ended. */
async function givenIdleQueue(): Promise<string> {
  const queue = newId();
  await enqueue({ db }, job, {}, { queue });
  await db.execute(sql`
    delete from graphile_worker._private_jobs where job_queue_id =
      (select id from graphile_worker._private_job_queues where queue_name = ${queue})`);
  return queue;
}

it("forgets queues without jobs and keeps those that have some", async () => {
  const idle = await givenIdleQueue();
  const waiting = newId();
  await enqueue({ db }, job, {}, { queue: waiting });
  expect(await sweepIdleQueues(pool.$client)).toBeGreaterThanOrEqual(1);
  expect(await queueOf(idle)).toBeUndefined();
  expect(await queueOf(waiting)).toEqual({ jobs: 1 });
});

it("leaves few of them alone", async () => {
  const idle = await givenIdleQueue();
  expect(await sweepIdleQueues(pool.$client, 1_000)).toBe(0);
  expect(await queueOf(idle)).toEqual({ jobs: 0 });
});

it("never takes a queue away from a job that is on its way into it", async () => {
  const queue = await givenIdleQueue();
  await db.transaction(async (tx) => {
    await enqueue({ db: tx }, job, {}, { queue });
    expect(await sweepIdleQueues(pool.$client)).toBe(0);
  });
  await sweepIdleQueues(pool.$client);
  expect(await queueOf(queue)).toEqual({ jobs: 1 });
});
