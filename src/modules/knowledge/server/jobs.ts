import * as z from "zod";
import { embedder } from "@/modules/ai/server/embedder";
import type { Ctx } from "@/server/context";
import { defineJob, enqueue } from "@/server/jobs/define";
import { removeStored } from "@/server/storage";
import { listStalled } from "./document-repository";
import { findAbandoned, looksLikeAnotherDatabase, removeAbandoned } from "./uploads/sweep";

// Four heartbeats of a run without a sign of life.
const silentAfterMs = 60_000;
// Longer than all repeats of a failing job together, so that those stay counted.
const waitingAfterMs = 600_000;
// No upload takes a day; a file that old without a row was left by a crash.
const abandonedAfterMs = 86_400_000;

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

/** Queues the ingestion of a document; a waiting one is not doubled. */
export async function enqueueIngestion(ctx: Pick<Ctx, "db">, documentId: string): Promise<void> {
  const lane = `knowledge.ingest-document:${documentId}`;
  await enqueue(ctx, ingestDocumentJob, { documentId }, { lane, key: lane });
}

const before = (ctx: Ctx, ms: number) => new Date(ctx.now().getTime() - ms);
