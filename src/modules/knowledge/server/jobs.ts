import * as z from "zod";
import { embedder } from "@/modules/ai/server/embedder";
import type { Ctx } from "@/server/context";
import { defineJob, enqueue } from "@/server/jobs/define";
import { removeStored } from "@/server/storage";
import { listStalled } from "./document-repository";
import { embedMissing, firstPassage, prepareVectorIndex } from "./vectors/refresh";
import { findAbandoned, looksLikeAnotherDatabase, removeAbandoned } from "./uploads/sweep";

// Four heartbeats of a run without a sign of life.
const silentAfterMs = 60_000;
// Longer than all repeats of a failing job together, so that those stay counted.
const waitingAfterMs = 600_000;
// No upload takes a day; a file that old without a row was left by a crash.
const abandonedAfterMs = 86_400_000;

// Half of the job's deadline, so that a slow page still ends in time.
const embedForMs = 300_000;

export const ingestDocumentJob = defineJob({
  name: "knowledge.ingest-document",
  payload: z.object({ documentId: z.uuid() }),
  attempts: 4,
  // The reader's own deadline is two minutes; the rest is for the largest text's index and embeddings.
  timeoutMs: 600_000,
  run: async (ctx, { documentId }) => {
    // Loaded here so that the web process, which only enqueues, never carries the parsers.
    const { ingest } = await import("./ingestion/ingest");
    await ingest(ctx, documentId, await embedder());
  },
});

export const removeFileJob = defineJob({
  name: "knowledge.remove-file",
  payload: z.object({ storageKey: z.string() }),
  run: async (_ctx, { storageKey }) => removeStored(storageKey),
});

export const resumeStalledJob = defineJob({
  name: "knowledge.resume-stalled",
  payload: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    const stalled = await listStalled(ctx.db, {
      silent: before(ctx, silentAfterMs),
      waiting: before(ctx, waitingAfterMs),
    });
    for (const { id } of stalled) await enqueueIngestion(ctx, id);
    ctx.note({ resumed: stalled.length });
  },
});

export const sweepUploadsJob = defineJob({
  name: "knowledge.sweep-uploads",
  payload: z.object({}),
  cron: "17 * * * *",
  timeoutMs: 600_000,
  run: async (ctx) => {
    const found = await findAbandoned(ctx, before(ctx, abandonedAfterMs));
    const isDoubtful = looksLikeAnotherDatabase(found);
    const sweep = isDoubtful ? { ...found, files: found.files.filter(({ place }) => place === "staging") } : found;
    if (isDoubtful) ctx.log.warn({ event: "uploads-unknown", files: found.files.length, kept: found.keptFiles });
    await removeAbandoned(ctx, sweep);
    ctx.note({ removed: sweep.files.length });
  },
});

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
  // One entry does not wait for the whole base.
  const queue = payload.sourceId === undefined ? key : undefined;
  await enqueue(ctx, embedMissingJob, payload, { key, queue });
}

/** Queues the ingestion of a document; a waiting one is not doubled. */
export async function enqueueIngestion(ctx: Pick<Ctx, "db">, documentId: string): Promise<void> {
  await enqueue(ctx, ingestDocumentJob, { documentId }, { key: `knowledge.ingest-document:${documentId}` });
}

const before = (ctx: Ctx, ms: number) => new Date(ctx.now().getTime() - ms);
