import type { Job, JobCtx } from "@/server/jobs/define";
import { logger, withoutTexts } from "@/server/logger";
import { systemCtx } from "@/server/system-context";

export type Attempt = { jobId: string; attempt: number; maxAttempts: number; signal?: AbortSignal };

/** Runs one attempt of a job and reports it in one wide event. Throws what the job threw, without the texts it quotes. */
export async function performJob(
  job: Job,
  payload: unknown,
  { jobId, attempt, maxAttempts, signal }: Attempt,
): Promise<void> {
  const deadline = AbortSignal.timeout(job.timeoutMs);
  const facts: Record<string, unknown> = {};
  const startedAt = performance.now();
  const ctx: JobCtx = {
    ...systemCtx(job.name),
    note: (more) => Object.assign(facts, more),
    signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    attempt,
    isLastAttempt: attempt >= maxAttempts,
  };
  const finish = (outcome: string, error?: unknown) =>
    logger[error === undefined ? "info" : "error"]({
      event: "job",
      job: job.name,
      jobId,
      requestId: ctx.requestId,
      attempt,
      outcome,
      durationMs: Math.round(performance.now() - startedAt),
      ...facts,
      error,
    });
  try {
    await job.run(ctx, job.payload.parse(payload));
    finish("done");
  } catch (error) {
    finish("failed", error);
    throw withoutTexts(error);
  }
}
