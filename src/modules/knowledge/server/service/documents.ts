import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { AppError, notFound } from "@/lib/errors";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { openStored } from "@/server/storage";
import { inTransaction } from "@/server/transaction";
import type { AddTextInput, DocumentItem, DocumentPassage, ListDocumentsInput, PassagesInput } from "../../contract";
import { cleanText } from "../../text/chunking";
import { giveBack, holdForDocument } from "../charge";
import {
  deleteDocument,
  findByHash,
  findDocument,
  findDocumentText,
  insertDocument,
  listDocuments,
  listPassages,
  requeueFailed,
} from "../document-repository";
import { hasAssistant, raiseKnowledgeVersion } from "../indexing/repository";
import { enqueueIngestion, removeFileJob } from "../jobs";
import { toPage } from "../page";
import { refuseUpload } from "../refusals";
import { assertQuota } from "./upload";

/** An assistant's documents, newest first. Refuses: NOT_FOUND. */
export async function listAssistantDocuments(ctx: WorkspaceCtx, { assistantId, cursor, limit }: ListDocumentsInput) {
  await assertAssistant(ctx, assistantId);
  const rows = await listDocuments(ctx.db, ctx.workspaceId, { assistantId, before: cursor ?? null, limit });
  return toPage<DocumentItem>(rows, limit);
}

/** One document's state. Refuses: NOT_FOUND. */
export async function getDocument(ctx: WorkspaceCtx, id: string): Promise<DocumentItem> {
  const document = await findDocument(ctx.db, ctx.workspaceId, id);
  if (document === null) throw notFound("Document");
  return document;
}

/** The passages that a document was cut into, in order. Refuses: NOT_FOUND. */
export async function getPassages(
  ctx: WorkspaceCtx,
  { id, cursor, limit }: PassagesInput,
): Promise<{ items: DocumentPassage[]; nextCursor: number | null }> {
  await getDocument(ctx, id);
  const rows = await listPassages(ctx.db, ctx.workspaceId, { documentId: id, from: cursor ?? 0, limit });
  return { items: rows.slice(0, limit), nextCursor: rows[limit]?.ordinal ?? null };
}

/** The whole text as it was read and is cited. Empty until the document is ready. Refuses: NOT_FOUND. */
export async function getDocumentText(ctx: WorkspaceCtx, id: string): Promise<{ name: string; text: string }> {
  const document = await findDocumentText(ctx.db, ctx.workspaceId, id);
  if (document === null) throw notFound("Document");
  return { name: document.name, text: document.text ?? "" };
}

/** The file as it was uploaded, or the typed text. Refuses: NOT_FOUND. */
export async function openDocument(
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ name: string; mimeType: string; sizeBytes: number; stream: Readable }> {
  const document = await findDocumentText(ctx.db, ctx.workspaceId, id);
  if (document === null) throw notFound("Document");
  if (document.storageKey === null) {
    const bytes = Buffer.from(document.text ?? "");
    return {
      name: `${document.name}.txt`,
      mimeType: "text/plain",
      sizeBytes: bytes.length,
      stream: Readable.from([bytes]),
    };
  }
  const file = await openStored(document.storageKey);
  if (file === null) throw notFound("File");
  return { name: document.name, mimeType: document.mimeType, ...file };
}

/** Adds typed text as a document. Refuses: NOT_FOUND, QUOTA_EXCEEDED, INSUFFICIENT_FUNDS, CONFLICT for a text that is there already. */
export async function addText(ctx: MemberCtx, input: AddTextInput): Promise<{ id: string }> {
  await assertAssistant(ctx, input.assistantId);
  const text = cleanText(input.text);
  const contentHash = createHash("sha256").update(text).digest("hex");
  return inTransaction(ctx, async (ctx) => {
    await assertQuota(ctx);
    const twin = await findByHash(ctx.db, ctx.workspaceId, input.assistantId, contentHash);
    if (twin !== null) throw refuseUpload("duplicate", { name: twin.name, documentId: twin.id });
    const { id } = await insertDocument(ctx.db, {
      workspaceId: ctx.workspaceId,
      assistantId: input.assistantId,
      kind: "text",
      name: input.title.normalize("NFC"),
      sizeBytes: Buffer.byteLength(text),
      contentHash,
      text,
      chargeId: await holdForDocument(ctx),
      createdBy: ctx.actor.userId,
    });
    await enqueueIngestion(ctx, id);
    await publish(ctx, { type: "document.changed", ids: { documentId: id, assistantId: input.assistantId } });
    return { id };
  });
}

/** Removes a document with everything found through it; its file goes by a job once that is certain. Refuses: NOT_FOUND. */
export async function removeDocument(ctx: WorkspaceCtx, id: string): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    const removed = await deleteDocument(ctx.db, ctx.workspaceId, id);
    if (removed === null) throw notFound("Document");
    await giveBack(ctx, removed.chargeId);
    await raiseKnowledgeVersion(ctx.db, ctx.workspaceId, removed.assistantId);
    if (removed.storageKey !== null) await enqueue(ctx, removeFileJob, { storageKey: removed.storageKey });
    await publish(ctx, { type: "document.changed", ids: { documentId: id, assistantId: removed.assistantId } });
    return { id };
  });
}

/** Reads a failed document again, which is paid like a first try. Refuses: NOT_FOUND, INSUFFICIENT_FUNDS, CONFLICT when it has not failed. */
export async function retryDocument(ctx: MemberCtx, id: string): Promise<DocumentItem> {
  return inTransaction(ctx, async (ctx) => {
    const { status } = await getDocument(ctx, id);
    const requeued =
      status === "failed" ? await requeueFailed(ctx.db, ctx.workspaceId, id, await holdForDocument(ctx)) : null;
    if (requeued === null)
      throw new AppError("CONFLICT", "Only a failed document can be read again.", { facts: { status } });
    await enqueueIngestion(ctx, id);
    await publish(ctx, { type: "document.changed", ids: { documentId: id, assistantId: requeued.assistantId } });
    return requeued;
  });
}

/** Refuses NOT_FOUND unless the assistant is in this workspace. */
export async function assertAssistant(ctx: WorkspaceCtx, assistantId: string): Promise<void> {
  if (!(await hasAssistant(ctx.db, ctx.workspaceId, assistantId))) throw notFound("Assistant");
}
