import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { startLanes } from "@/server/jobs/lanes";
import { type JobRunner, startRunner } from "@/server/jobs/run";
import { makeCtx } from "@/server/testing";
import type { Job, JobCtx } from "./define";

/** The context a job gets from the worker, for tests that run it by hand. */
export function jobCtx(db: Db, job: Pick<Job, "name">, overrides: Partial<JobCtx> = {}): JobCtx {
  return {
    ...makeCtx(db, { kind: "system", job: job.name } as const),
    signal: new AbortController().signal,
    attempt: 1,
    isLastAttempt: false,
    ...overrides,
  };
}

/** A worker that runs these jobs, with an order and without. */
export async function startWorker(jobs: readonly Job[], concurrency = 4): Promise<JobRunner> {
  const runners = [await startLanes(jobs, concurrency), await startRunner(jobs, concurrency)];
  return { stop: async () => void (await Promise.all(runners.map((runner) => runner.stop()))) };
}

/** The payloads of waiting jobs of one kind that carry these ids. */
export async function pendingPayloads<S extends z.ZodType>(
  db: Db,
  job: Job<S>,
  ids: Record<string, string>,
): Promise<z.infer<S>[]> {
  const rows = await db.execute(sql`
    select payload from (
      select jobs.id, tasks.identifier as name, jobs.payload::jsonb as payload from graphile_worker._private_jobs jobs
        join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
      union all
      select id, name, payload from lane_jobs
    ) waiting
    where name = ${job.name} and payload @> ${JSON.stringify(ids)}::text::jsonb order by id`);
  return [...rows].map((row) => job.payload.parse(row.payload));
}
