import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/client";
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

/** The payloads of waiting jobs of one kind that carry these ids. */
export async function pendingPayloads<S extends z.ZodType>(
  db: Db,
  job: Job<S>,
  ids: Record<string, string>,
): Promise<z.infer<S>[]> {
  const rows = await db.execute(sql`
    select jobs.payload from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    where tasks.identifier = ${job.name} and jobs.payload::jsonb @> ${JSON.stringify(ids)}::jsonb
    order by jobs.id`);
  return [...rows].map((row) => job.payload.parse(row.payload));
}
