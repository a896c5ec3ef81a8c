import { AppError, type ErrorCode, notFound } from "@/lib/errors";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import type { StagedFile } from "@/server/storage";
import { inTransaction } from "@/server/transaction";
import { FILE_TYPES, type FileType, knowledgeLimits, type UploadRefusal } from "../../contract";
import { countDocuments, findByHash, insertDocument, lockQuota } from "../document-repository";
import { checkFile } from "../file-check";
import { hasAssistant } from "../indexing/repository";
import { enqueueIngestion } from "../jobs";

type Upload = { assistantId: string; fileName: string; file: StagedFile; keepDuplicate: boolean };

/** Each refusal's code and its English sentence; interfaces translate by `facts.reason`. */
const REFUSALS: Record<UploadRefusal, [ErrorCode, string]> = {
  empty: ["VALIDATION", "The file is empty."],
  "too-large": ["PAYLOAD_TOO_LARGE", "The file is over 25 MB."],
  "unsupported-type": [
    "UNSUPPORTED_FILE",
    "This file type is not supported. Use PDF, DOCX, TXT, MD, HTML, CSV, XLSX or JSON.",
  ],
  "legacy-doc": ["UNSUPPORTED_FILE", "Old .doc files are not supported. Save the document as .docx or PDF."],
  executable: ["UNSUPPORTED_FILE", "This is a program, not a document."],
  "not-a-pdf": ["UNSUPPORTED_FILE", "The file is named .pdf, but its content is not a PDF."],
  "not-a-docx": ["UNSUPPORTED_FILE", "The file is named .docx, but its content is not a Word document."],
  "not-an-xlsx": ["UNSUPPORTED_FILE", "The file is named .xlsx, but its content is not an Excel workbook."],
  "not-text": ["UNSUPPORTED_FILE", "The file is named as text, but its content is not text."],
  truncated: ["UNSUPPORTED_FILE", "The file is cut off: its end is missing."],
  encrypted: ["UNSUPPORTED_FILE", "The file is protected by a password."],
  "zip-bomb": ["UNSUPPORTED_FILE", "The file unpacks to an unreasonable size."],
  quota: ["QUOTA_EXCEEDED", "The workspace has 100 documents, the most it can have."],
  duplicate: ["CONFLICT", "A document with this content is there already."],
  "no-space": ["STORAGE_FULL", "There is no room left for files."],
};

/**
 * Checks a received file and queues it for reading. A refused file leaves nothing behind.
 * Refuses: NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_FILE, VALIDATION, QUOTA_EXCEEDED, CONFLICT, STORAGE_FULL;
 * `facts.reason` is an `UploadRefusal`, a repeat also names the document it repeats.
 */
export async function uploadDocument(ctx: MemberCtx, upload: Upload): Promise<{ documentId: string }> {
  try {
    if (!(await hasAssistant(ctx.db, ctx.workspaceId, upload.assistantId))) throw notFound("Assistant");
    const checked = await checkFile(upload.fileName, upload.file);
    if (!checked.ok) throw refuseUpload(checked.reason);
    await upload.file.keep();
    return await storeUpload(ctx, { ...upload, ...checked });
  } catch (error) {
    await upload.file.discard();
    throw error;
  }
}

/** Refuses QUOTA_EXCEEDED when the workspace is full. Call it inside the transaction that inserts. */
export async function assertQuota(ctx: WorkspaceCtx): Promise<void> {
  await lockQuota(ctx.db, ctx.workspaceId);
  if ((await countDocuments(ctx.db, ctx.workspaceId)) >= knowledgeLimits.documentsPerWorkspace)
    throw refuseUpload("quota");
}

/** The error of a refusal, with its reason among the facts. */
export function refuseUpload(reason: UploadRefusal, facts: Record<string, string> = {}): AppError {
  const [code, sentence] = REFUSALS[reason];
  return new AppError(code, sentence, { facts: { reason, ...facts } });
}

async function storeUpload(
  ctx: MemberCtx,
  upload: Upload & { type: FileType; name: string },
): Promise<{ documentId: string }> {
  const { assistantId, file } = upload;
  return inTransaction(ctx, async (ctx) => {
    await assertQuota(ctx);
    const twin = upload.keepDuplicate ? null : await findByHash(ctx.db, ctx.workspaceId, assistantId, file.sha256);
    if (twin !== null) throw refuseUpload("duplicate", { name: twin.name, documentId: twin.id });
    const { id } = await insertDocument(ctx.db, {
      workspaceId: ctx.workspaceId,
      assistantId,
      kind: "file",
      name: upload.name,
      mimeType: FILE_TYPES[upload.type],
      sizeBytes: file.sizeBytes,
      contentHash: file.sha256,
      storageKey: file.key,
      createdBy: ctx.actor.userId,
    });
    await enqueueIngestion(ctx, id);
    await publish(ctx, { type: "document.changed", ids: { documentId: id, assistantId } });
    return { documentId: id };
  });
}
