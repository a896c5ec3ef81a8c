import { createHash } from "node:crypto";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import type { WorkspaceId } from "@/lib/brand";
import type { Embedder } from "@/modules/ai/server/embedder";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { stageFile } from "@/server/storage";
import { makeCtx } from "@/server/testing";
import { inTransaction } from "@/server/transaction";
import { knowledgeLimits } from "./limits";
import { insertDocument } from "./server/document-repository";
import { raiseKnowledgeVersion, replaceIndex } from "./server/indexing/repository";
import { ingest } from "./server/ingestion/ingest";
import { uploadDocument } from "./server/service/upload";
import { assembleText } from "./text/chunking";
import { prepareDocument } from "./text/prepare";

/** A bare assistant to hang knowledge on, for tests that have no use for its behaviour. */
export async function givenAssistant(ctx: { db: Db; workspaceId: WorkspaceId }): Promise<string> {
  const [row] = await ctx.db
    .insert(assistants)
    .values({ workspaceId: ctx.workspaceId, name: "Test assistant" })
    .returning({ id: assistants.id });
  if (row === undefined) throw new Error("An insert returned no row.");
  return row.id;
}

/** A document that is searchable at once, indexed exactly as an upload would be. Without the quota and the job. */
export async function givenDocument(
  ctx: WorkspaceCtx,
  document: { assistantId: string; name: string; text: string },
): Promise<string> {
  const { text, sections } = assembleText([{ heading: [], text: document.text, page: null, isRows: false }]);
  const prepared = prepareDocument(document.name, text, sections);
  return inTransaction(ctx, async ({ db, workspaceId, now }) => {
    const { id } = await insertDocument(db, {
      workspaceId,
      assistantId: document.assistantId,
      kind: "text",
      name: document.name,
      sizeBytes: Buffer.byteLength(text),
      contentHash: createHash("sha256").update(text).digest("hex"),
      status: "ready",
      progress: 100,
      language: prepared.language,
      chunkCount: prepared.chunks.length,
      termCount: prepared.termCount,
      text,
      readyAt: now(),
    });
    await replaceIndex(
      db,
      { workspaceId, assistantId: document.assistantId, documentId: id },
      {
        chunks: prepared.chunks.map((chunk) => ({ ...chunk, embedding: null })),
        postings: prepared.postings,
        embeddingModel: null,
      },
    );
    await raiseKnowledgeVersion(db, workspaceId, document.assistantId);
    return id;
  });
}

/** Uploads bytes as a person would, up to the state `queued`. */
export async function upload(
  ctx: MemberCtx,
  file: { assistantId: string; name: string; bytes: Uint8Array; keepDuplicate?: boolean },
): Promise<string> {
  const staged = await stageFile(chunked(file.bytes), knowledgeLimits.fileBytes);
  const { assistantId, name: fileName, keepDuplicate = false } = file;
  return (await uploadDocument(ctx, { assistantId, fileName, keepDuplicate, file: staged })).documentId;
}

/** Runs the ingestion job of a document here and now. */
export async function ingestNow(
  db: Db,
  documentId: string,
  options: { embedder?: Embedder; isLastAttempt?: boolean; signal?: AbortSignal; embedForMs?: number } = {},
): Promise<void> {
  const ctx: JobCtx = {
    ...makeCtx(db, { kind: "system" as const, job: "knowledge.ingest-document" }),
    signal: options.signal ?? new AbortController().signal,
    attempt: 1,
    isLastAttempt: options.isLastAttempt ?? false,
  };
  const { embedForMs } = options;
  await ingest(ctx, documentId, options.embedder ?? null, embedForMs === undefined ? undefined : { embedForMs });
}

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += 64 * 1024) yield bytes.subarray(offset, offset + 64 * 1024);
}
