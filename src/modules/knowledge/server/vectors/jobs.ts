import * as z from "zod";
import { embedder } from "@/modules/ai/server/embedder";
import type { Ctx } from "@/server/context";
import { defineJob, enqueue } from "@/server/jobs/define";
import { embedMissing, firstPassage, prepareVectorIndex } from "./refresh";

// Half of the job's deadline, so that a slow page still ends in time.
const embedForMs = 300_000;

/** Vectors of a model that is new here, and of what was stored while the model was out of reach. */
export const embedMissingJob = defineJob({
  name: "knowledge.embed-missing",
  payload: z.object({ after: z.uuid().default(firstPassage), sourceId: z.uuid().optional() }),
  attempts: 4,
  timeoutMs: 600_000,
  run: async (ctx, { after, sourceId }) => {
    const current = await embedder();
    if (current === null) return;
    const untilMs = performance.now() + embedForMs;
    const reached = await embedMissing(ctx, current, { after, sourceId }, untilMs);
    if (reached !== null) await enqueueMissing(ctx, { after: reached, sourceId });
    else if (sourceId === undefined) await prepareVectorIndex(ctx, current.model);
  },
});

/** Looks for passages without vectors once an hour, and when a worker starts, because the model may be another one then. */
export const refreshVectorsJob = defineJob({
  name: "knowledge.refresh-vectors",
  payload: z.object({}),
  cron: "41 * * * *",
  run: async (ctx) => {
    if ((await embedder()) !== null) await enqueueMissing(ctx, {});
  },
});

/** Queues the embedding of one Q&A entry or document, or of all that lacks it, which runs once at a time so that nothing is paid twice. */
export async function enqueueMissing(
  ctx: Pick<Ctx, "db">,
  payload: { after?: string; sourceId?: string },
): Promise<void> {
  const key = `knowledge.embed-missing:${payload.sourceId ?? "all"}`;
  await enqueue(ctx, embedMissingJob, payload, { lane: key, key });
}
