import { notFound } from "@/lib/errors";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import type { CreateQaInput, ListQaInput, QaItem, UpdateQaInput } from "../../contract";
import { assembleText } from "../../text/chunking";
import { type PreparedDocument, prepareDocument } from "../../text/prepare";
import { raiseKnowledgeVersion, replaceIndex } from "../indexing/repository";
import { toPage } from "../page";
import { deleteQa, insertQa, listQa, updateQa } from "../qa-repository";
import { enqueueMissing } from "../vectors/jobs";
import { assertAssistant } from "./documents";

/** An assistant's Q&A entries, newest first, filtered by words in question or answer. Refuses: NOT_FOUND. */
export async function listQaEntries(ctx: WorkspaceCtx, { assistantId, search, cursor, limit }: ListQaInput) {
  await assertAssistant(ctx, assistantId);
  const rows = await listQa(ctx.db, ctx.workspaceId, {
    assistantId,
    search: search ?? "",
    before: cursor ?? null,
    limit,
  });
  return toPage<QaItem>(rows, limit);
}

/** Adds an entry; it is searchable at once. Refuses: NOT_FOUND. */
export async function createQa(ctx: WorkspaceCtx, input: CreateQaInput): Promise<QaItem> {
  await assertAssistant(ctx, input.assistantId);
  const entry = prepareEntry(input);
  return inTransaction(ctx, async (ctx) => {
    const created = await insertQa(ctx.db, {
      workspaceId: ctx.workspaceId,
      assistantId: input.assistantId,
      ...entry.words,
    });
    await indexEntry(ctx, created, entry.prepared);
    return created;
  });
}

/** Changes an entry; the old words are forgotten with the same stroke. Refuses: NOT_FOUND. */
export async function changeQa(ctx: WorkspaceCtx, input: UpdateQaInput): Promise<QaItem> {
  const entry = prepareEntry(input);
  return inTransaction(ctx, async (ctx) => {
    const changed = await updateQa(ctx.db, ctx.workspaceId, input.id, entry.words);
    if (changed === null) throw notFound("Entry");
    await indexEntry(ctx, changed, entry.prepared);
    return changed;
  });
}

/** Removes an entry and what was found through it. Refuses: NOT_FOUND. */
export async function removeQa(ctx: WorkspaceCtx, id: string): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    const removed = await deleteQa(ctx.db, ctx.workspaceId, id);
    if (removed === null) throw notFound("Entry");
    await announceChange(ctx, { id, assistantId: removed.assistantId });
    return { id };
  });
}

// The answer is what is quoted; the question stands over it like a heading, so both are searched.
function prepareEntry(input: { question: string; answer: string }) {
  const question = input.question.normalize("NFC");
  const { text, sections } = assembleText([{ heading: [question], text: input.answer, page: null, isRows: false }]);
  const prepared = prepareDocument("", text, sections);
  return { words: { question, answer: text, termCount: prepared.termCount }, prepared };
}

async function indexEntry(ctx: WorkspaceCtx, entry: QaItem, { chunks, postings }: PreparedDocument): Promise<void> {
  await replaceIndex(
    ctx.db,
    { workspaceId: ctx.workspaceId, assistantId: entry.assistantId, qaId: entry.id },
    { chunks: chunks.map((chunk) => ({ ...chunk, embedding: null })), postings, embeddingModel: null },
  );
  await enqueueMissing(ctx, { sourceId: entry.id });
  await announceChange(ctx, entry);
}

async function announceChange(
  ctx: WorkspaceCtx,
  { id, assistantId }: { id: string; assistantId: string },
): Promise<void> {
  await raiseKnowledgeVersion(ctx.db, ctx.workspaceId, assistantId);
  await publish(ctx, { type: "qa.changed", ids: { qaId: id, assistantId } });
}
