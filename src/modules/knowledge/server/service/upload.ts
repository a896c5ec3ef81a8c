import { notFound } from "@/lib/errors";
import { limitOf } from "@/modules/system/server/settings";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import type { StagedFile } from "@/server/storage";
import { inTransaction } from "@/server/transaction";
import { FILE_TYPES, type FileType } from "../../limits";
import { holdForDocument } from "../charge";
import { countDocuments, findByHash, insertDocument, lockQuota } from "../document-repository";
import { checkFile } from "../file-check";
import { hasAssistant } from "../indexing/repository";
import { enqueueIngestion } from "../jobs";
import { refuseUpload } from "../refusals";

type Upload = { assistantId: string; fileName: string; file: StagedFile; keepDuplicate: boolean };

/**
 * Checks a received file, reserves its price and queues it for reading. A refused file leaves nothing behind and costs nothing.
 * Refuses: NOT_FOUND, PAYLOAD_TOO_LARGE, UNSUPPORTED_FILE, VALIDATION, QUOTA_EXCEEDED, CONFLICT, INSUFFICIENT_FUNDS,
 * STORAGE_FULL; * `facts.reason` is an `UploadRefusal`, a repeat also names the document it repeats.
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
  const limit = await limitOf(ctx.db, "documentsPerWorkspace");
  if ((await countDocuments(ctx.db, ctx.workspaceId)) >= limit) throw refuseUpload("quota");
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
      chargeId: await holdForDocument(ctx),
      createdBy: ctx.actor.userId,
    });
    await enqueueIngestion(ctx, id);
    await publish(ctx, { type: "document.changed", ids: { documentId: id, assistantId } });
    return { documentId: id };
  });
}
