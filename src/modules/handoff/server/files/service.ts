import { AppError, notFound } from "@/lib/errors";
import { getDialog } from "@/modules/dialogs/server/service";
import type { ReceiveFileInput, ReplyFile } from "@/modules/handoff/files/contract";
import { type FileRefusal, replyFileLimits } from "@/modules/handoff/files/limits";
import { acceptedType, kindOfFile, refusalByName } from "@/modules/handoff/files/rules";
import { displayName } from "@/modules/knowledge/server/file-check";
import type { Ctx, MemberCtx } from "@/server/context";
import { removeStored, type StagedFile, tooLarge } from "@/server/storage";
import { deleteForgotten, deleteUnsent, findFile, insertFile } from "./repository";
import { readSignature } from "./signature";

type Received = ReceiveFileInput & { fileName: string; file: StagedFile };

/**
 * Keeps a file that a person wants to send to a visitor, once per client id. It leaves with a reply that names it. Refuses:
 * NOT_FOUND; PAYLOAD_TOO_LARGE, UNSUPPORTED_FILE, VALIDATION with `facts.reason`; CONFLICT for somebody else's id. A refused
 * file leaves nothing behind.
 */
export async function receiveFile(ctx: MemberCtx, received: Received): Promise<ReplyFile> {
  const { file, id, dialogId } = received;
  try {
    const { channel } = await getDialog(ctx, { id: dialogId });
    if (channel !== "telegram") throw refuse("channel");
    const checked = await check(received);
    await file.keep();
    const row = { ...checked, id, dialogId, userId: ctx.actor.userId, storageKey: file.key, createdAt: ctx.now() };
    if (await insertFile(ctx.db, ctx.workspaceId, row)) return { id, ...checked };
    await file.discard();
    return await repeatOf(ctx, received);
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function check({ fileName, file }: Received): Promise<Omit<ReplyFile, "id">> {
  const { sizeBytes } = file;
  const name = displayName(fileName, replyFileLimits.nameChars);
  const refusal = refusalByName({ name, sizeBytes });
  if (refusal === "too-large") throw tooLarge(replyFileLimits.documentBytes);
  if (refusal) throw refuse(refusal);
  const { sniffed, isText } = await readSignature(file.path);
  const mimeType = acceptedType(name, sniffed, isText);
  if (mimeType === null) throw refuse("mismatch");
  return { name, mimeType, sizeBytes, kind: kindOfFile(mimeType, sizeBytes) };
}

async function repeatOf(ctx: MemberCtx, { id, dialogId }: Received): Promise<ReplyFile> {
  const known = await findFile(ctx.db, ctx.workspaceId, id);
  if (known?.dialogId !== dialogId || known.userId !== ctx.actor.userId) {
    throw new AppError("CONFLICT", "Another file has this id.", { facts: { reason: "id-taken" } });
  }
  const { kind, name, mimeType, sizeBytes } = known;
  return { id, kind, name, mimeType, sizeBytes };
}

/** Drops a file that its author does not want to send after all. Refuses: NOT_FOUND, also for one that was sent. */
export async function dropFile(ctx: MemberCtx, { id }: { id: string }): Promise<{ ok: true }> {
  const key = await deleteUnsent(ctx.db, ctx.workspaceId, { id, userId: ctx.actor.userId });
  if (key === undefined) throw notFound("File");
  await removeStored(key);
  return { ok: true };
}

/** Removes files that were picked before an instant and never sent. Returns how many. */
export async function forgetFiles(ctx: Pick<Ctx, "db">, before: Date): Promise<number> {
  const keys = await deleteForgotten(ctx.db, before);
  for (const key of keys) await removeStored(key);
  return keys.length;
}

function refuse(reason: FileRefusal): AppError {
  const code = reason === "empty" ? "VALIDATION" : "UNSUPPORTED_FILE";
  return new AppError(code, "This file cannot be sent.", { facts: { reason } });
}
