import { createHash } from "node:crypto";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import type { WorkspaceId } from "@/lib/brand";
import type { WorkspaceCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { insertDocument } from "./server/document-repository";
import { raiseKnowledgeVersion, replaceIndex } from "./server/indexing/repository";
import { assembleText } from "./text/chunking";
import { prepareDocument } from "./text/prepare";

/** A bare assistant to hang knowledge on, for tests that have no use for its behaviour. */
export async function givenAssistant(ctx: { db: Db; workspaceId: WorkspaceId }): Promise<string> {
  const [row] = await ctx.db.insert(assistants).values({ workspaceId: ctx.workspaceId, name: "Test assistant" }).returning({ id: assistants.id });
  if (row === undefined) throw new Error("An insert returned no row.");
  return row.id;
}

/** A document that is searchable at once, indexed exactly as an upload would be. Without the quota and the job. */
export async function givenDocument(ctx: WorkspaceCtx, document: { assistantId: string; name: string; text: string }): Promise<string> {
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
      { chunks: prepared.chunks.map((chunk) => ({ ...chunk, embedding: null })), postings: prepared.postings, embeddingModel: null },
    );
    await raiseKnowledgeVersion(db, workspaceId, document.assistantId);
    return id;
  });
}
