import { setTimeout as delay } from "node:timers/promises";
import type { Embedder } from "@/modules/ai/server/embedder";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { storedPath } from "@/server/storage";
import { inTransaction } from "@/server/transaction";
import type { StageDetail } from "../../contract";
import type { IngestionFailure } from "../../limits";
import { assembleText, type Chunk } from "../../text/chunking";
import { hasWords, prepareDocument } from "../../text/prepare";
import { embedAll } from "../embedding";
import { ExtractionError } from "../extract/document";
import { readInThread } from "../extract/run-thread";
import type { ReadDocument } from "../extract/thread-protocol";
import { charge, giveBack } from "../charge";
import { fileTypeOf } from "../file-check";
import { type IndexedChunk, raiseKnowledgeVersion, replaceIndex } from "../indexing/repository";
import { enqueueMissing } from "../vectors/jobs";
import {
  type Claim,
  claimDocument,
  touchClaimed,
  writeFailed,
  writeProgress,
  writeQueued,
  writeReady,
} from "./repository";

type Claimed = NonNullable<Awaited<ReturnType<typeof claimDocument>>>;
type Run = {
  ctx: JobCtx & WorkspaceCtx;
  claim: Claim;
  document: Claimed;
  embedder: Embedder | null;
  signal: AbortSignal;
  embedForMs: number;
};

// Shares of the bar: reading is the longest stage without a model, embedding with one.
const bar = { reading: 5, splitting: 65, indexing: 72, storing: 95 };
// More vectors than this are fetched page by page after the words are searchable, instead of being held until then.
const embeddedAtOnce = 2_000;
// Well below the job's ten minutes: what was read is stored by words in time, and another job fetches the vectors.
const embedForMs = 240_000;
// Two rounds of the job. A document that ends them all by time or by death is given up, and its hold with it.
const mostRuns = 8;
const progressEveryMs = 400;
const heartbeatMs = 15_000;

/** The run lost its document: deleted, or claimed by a later run. Nothing is wrong and nothing is left to do. */
class ClaimLost extends Error {
  override readonly name = "ClaimLost";
}

/**
 * Makes a stored document searchable: read, split, embed, index. May be run twice or killed at any point; all passages
 * appear in one transaction with the state `ready`. What a person can act on ends as `failed` with a reason; the rest
 * goes back to the queue and is thrown for the job to be repeated, eight runs in all. `embedForMs` is for tests.
 */
export async function ingest(
  ctx: JobCtx,
  documentId: string,
  embedder: Embedder | null,
  limits = { embedForMs },
): Promise<void> {
  const document = await claimDocument(ctx.db, documentId);
  if (document === null) return;
  const claim = { documentId, attempt: document.attempt, chargeId: document.chargeId };
  const heart = new AbortController();
  const tenantCtx = { ...ctx, workspaceId: document.workspaceId };
  const signal = AbortSignal.any([ctx.signal, heart.signal]);
  const run: Run = { ctx: tenantCtx, claim, document, embedder, signal, ...limits };
  ctx.note({ workspaceId: document.workspaceId, documentId, mimeType: document.mimeType });
  if (claim.attempt > mostRuns) return endSpent(run);
  const beating = beat(run, heart);
  try {
    await announce(run, "document.changed");
    const read = await readDocument(run);
    await store(run, read, await embed(run, read));
    ctx.note({ chunks: read.chunks.length, chars: read.text.length });
  } catch (error) {
    await endBadly(run, error);
  } finally {
    heart.abort(new ClaimLost());
    await beating;
  }
}

async function readDocument(run: Run): Promise<ReadDocument> {
  const { document } = run;
  if (document.kind === "text") return readTyped(document);
  const type = fileTypeOf(document.mimeType);
  if (type === undefined || document.storageKey === null) throw new ExtractionError("file-missing");
  const reporter = throttle((done, total) =>
    progress(run, {
      status: "extracting",
      progress: bar.reading + Math.round(((bar.splitting - bar.reading) * done) / total),
      stage: { done, total },
    }),
  );
  const read = await readInThread(
    { path: storedPath(document.storageKey), type, name: document.name },
    reporter.report,
    run.signal,
  );
  await reporter.settle();
  await progress(run, { status: "chunking", progress: bar.splitting, stage: {} });
  return read;
}

function readTyped(document: Claimed): ReadDocument {
  const { text, sections } = assembleText([{ heading: [], text: document.text ?? "", page: null, isRows: false }]);
  if (!hasWords(text)) throw new ExtractionError("no-text");
  return { pageCount: null, ...prepareDocument(document.name, text, sections) };
}

// A model that stays out of reach costs the meaning search, never the document; a job tries it again.
async function embed(run: Run, read: ReadDocument): Promise<number[][] | null> {
  const { embedder } = run;
  if (embedder === null || read.chunks.length > embeddedAtOnce) return null;
  const total = read.chunks.length;
  const report = (done: number) =>
    progress(run, {
      status: "embedding",
      progress: bar.indexing + Math.round(((bar.storing - bar.indexing) * done) / total),
      stage: { done, total },
    });
  await report(0);
  const deadline = AbortSignal.timeout(run.embedForMs);
  try {
    return await embedAll(
      embedder,
      read.chunks.map(({ heading, text }) => (heading === "" ? text : `${heading}\n${text}`)),
      AbortSignal.any([run.signal, deadline]),
      report,
      { workspaceId: run.document.workspaceId, assistantId: run.document.assistantId },
    );
  } catch (error) {
    const mayRepeat = !run.ctx.isLastAttempt && !deadline.aborted;
    if (mayRepeat || run.signal.aborted || error instanceof ClaimLost) throw error;
    run.ctx.log.warn({ event: "embedding-skipped", documentId: run.claim.documentId, error });
    return null;
  }
}

async function store(run: Run, read: ReadDocument, vectors: number[][] | null): Promise<void> {
  const { claim, document } = run;
  await inTransaction(run.ctx, async (ctx) => {
    const facts = {
      text: read.text,
      language: read.language,
      pageCount: read.pageCount,
      chunkCount: read.chunks.length,
      termCount: read.termCount,
    };
    if (!(await writeReady(ctx.db, claim, { ...facts, readyAt: ctx.now() }))) throw new ClaimLost();
    await replaceIndex(
      ctx.db,
      { workspaceId: ctx.workspaceId, assistantId: document.assistantId, documentId: claim.documentId },
      {
        chunks: withVectors(read.chunks, vectors),
        postings: read.postings,
        embeddingModel: run.embedder?.model ?? null,
      },
    );
    if (run.embedder !== null && vectors === null) await enqueueMissing(ctx, { sourceId: claim.documentId });
    await raiseKnowledgeVersion(ctx.db, ctx.workspaceId, document.assistantId);
    await charge(ctx, { documentId: claim.documentId, chargeId: document.chargeId });
    await announce({ ...run, ctx }, "document.changed");
  });
}

function* withVectors(chunks: Chunk[], vectors: number[][] | null): Generator<IndexedChunk> {
  for (const [index, chunk] of chunks.entries()) yield { ...chunk, embedding: vectors?.[index] ?? null };
}

async function endBadly(run: Run, error: unknown): Promise<void> {
  const cause = run.signal.reason instanceof ClaimLost ? run.signal.reason : error;
  if (cause instanceof ClaimLost) return;
  const reason = failureOf(run, error);
  if (reason === null) await writeQueued(run.ctx.db, run.claim);
  else await failUncharged(run, reason);
  run.ctx.note({ failure: reason ?? "repeated" });
  await announce(run, "document.changed");
  if (!(error instanceof ExtractionError)) throw error;
}

// Its last run left no word: the worker died with it.
async function endSpent(run: Run): Promise<void> {
  await failUncharged(run, "internal");
  run.ctx.note({ failure: "internal" });
  await announce(run, "document.changed");
}

async function failUncharged(run: Run, reason: IngestionFailure): Promise<void> {
  await inTransaction(run.ctx, async (ctx) => {
    if (await writeFailed(ctx.db, run.claim, reason)) await giveBack(ctx, run.document.chargeId);
  });
}

function failureOf(run: Run, error: unknown): IngestionFailure | null {
  if (error instanceof ExtractionError) return error.reason;
  if (run.claim.attempt >= mostRuns) return "internal";
  return run.ctx.isLastAttempt && !run.ctx.signal.aborted ? "internal" : null;
}

async function progress(
  run: Run,
  step: { status: "extracting" | "chunking" | "embedding"; progress: number; stage: StageDetail },
): Promise<void> {
  if (!(await writeProgress(run.ctx.db, run.claim, step))) throw new ClaimLost();
  await announce(run, "job.progress");
}

async function announce(run: Run, type: "job.progress" | "document.changed"): Promise<void> {
  await publish(run.ctx, { type, ids: { documentId: run.claim.documentId, assistantId: run.document.assistantId } });
}

// Long silent steps must not look like a dead worker, and a deleted document stops its reading at once.
async function beat(run: Run, heart: AbortController): Promise<void> {
  try {
    for (;;) {
      await delay(heartbeatMs, undefined, { signal: heart.signal });
      if (!(await touchClaimed(run.ctx.db, run.claim))) heart.abort(new ClaimLost());
    }
  } catch (error) {
    if (!heart.signal.aborted) heart.abort(error);
  }
}

function throttle(write: (done: number, total: number) => Promise<void>) {
  let lastAtMs = 0;
  let pending: Promise<void> = Promise.resolve();
  let failure: unknown;
  return {
    report(done: number, total: number) {
      const nowMs = performance.now();
      if (nowMs - lastAtMs < progressEveryMs && done < total) return;
      lastAtMs = nowMs;
      pending = pending
        .then(() => write(done, total))
        .catch((error: unknown) => {
          failure ??= error;
        });
    },
    async settle() {
      await pending;
      if (failure !== undefined) throw failure;
    },
  };
}
