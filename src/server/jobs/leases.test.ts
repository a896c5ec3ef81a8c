import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import * as z from "zod";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { defineJob, enqueue } from "@/server/jobs/define";
import { startLeases } from "@/server/jobs/leases";

const job = defineJob({ name: "test.leased", payload: z.object({ mark: z.string() }), run: async () => undefined });

async function givenLockedJob(workerId: string): Promise<string> {
  const mark = newId();
  await enqueue({ db: testDb() }, job, { mark });
  await testDb().execute(sql`
    update graphile_worker._private_jobs set locked_by = ${workerId}, locked_at = now() - interval '1 minute', attempts = 1
    where payload ->> 'mark' = ${mark}`);
  return mark;
}

async function holderOf(mark: string): Promise<string | null | undefined> {
  const rows = await testDb().execute<{ locked_by: string | null }>(
    sql`select locked_by from graphile_worker._private_jobs where payload ->> 'mark' = ${mark}`,
  );
  return rows[0]?.locked_by;
}

it("hands back the jobs of a killed worker and leaves those of a living one", async () => {
  const [deadWorker, livingWorker] = [`worker-${newId()}`, `worker-${newId()}`];
  const abandoned = await givenLockedJob(deadWorker);
  const running = await givenLockedJob(livingWorker);
  const living = startLeases();
  await living.add(livingWorker);
  const sweeper = startLeases();
  try {
    while ((await holderOf(abandoned)) !== null) await delay(20);
    expect(await holderOf(running)).toBe(livingWorker);
  } finally {
    await Promise.all([living.stop(), sweeper.stop()]);
  }
});

it("never lets deaths alone use up the attempts of a job, and makes a suspect wait", async () => {
  const deadWorker = `worker-${newId()}`;
  const mark = await givenLockedJob(deadWorker);
  await testDb().execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts where payload ->> 'mark' = ${mark}`);
  const sweeper = startLeases();
  try {
    while ((await holderOf(mark)) !== null) await delay(20);
    const [job] = await testDb().execute<{ isLeft: boolean; waits: boolean }>(sql`
      select attempts = max_attempts - 1 as "isLeft", run_at > now() + interval '1 minute' as waits
      from graphile_worker._private_jobs where payload ->> 'mark' = ${mark}`);
    expect(job).toEqual({ isLeft: true, waits: true });
  } finally {
    await sweeper.stop();
  }
});
