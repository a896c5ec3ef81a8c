import { AppError, notFound } from "@/lib/errors";
import type { StoredAttachment } from "@/db/schema/dialogs";
import type { MemberCtx } from "@/server/context";
import { attachFile, lockFile } from "./repository";

/** A file of the caller as the attachment of the message that will carry it. Refuses: NOT_FOUND; CONFLICT when it has left. */
export async function findFileToSend(
  ctx: MemberCtx,
  { dialogId, fileId }: { dialogId: string; fileId: string },
): Promise<StoredAttachment> {
  const file = await lockFile(ctx.db, ctx.workspaceId, fileId);
  if (file?.dialogId !== dialogId || file.userId !== ctx.actor.userId) throw notFound("File");
  if (file.messageId !== null) {
    throw new AppError("CONFLICT", "This file has been sent already.", { facts: { reason: "file-sent" } });
  }
  const { kind, storageKey, name, mimeType, sizeBytes } = file;
  return { kind, storageKey, name, mimeType, sizeBytes };
}

/** A file leaves with one message only. */
export async function markFileSent(
  ctx: MemberCtx,
  { fileId, messageId }: { fileId: string; messageId: string },
): Promise<void> {
  await attachFile(ctx.db, ctx.workspaceId, { id: fileId, messageId, now: ctx.now() });
}
