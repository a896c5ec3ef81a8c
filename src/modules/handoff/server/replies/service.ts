import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { SavedReply, SavedReplyFields, UpdateSavedReplyInput } from "@/modules/handoff/replies/contract";
import { replyLimits } from "@/modules/handoff/replies/limits";
import type { MemberCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  deleteSavedReply,
  insertSavedReply,
  listSavedReplyRows,
  lockSavedReplies,
  updateSavedReplyRow,
} from "./repository";

/** All saved replies of the workspace, by shortcut; there are few enough to search where they are typed. */
export async function listSavedReplies(ctx: MemberCtx): Promise<{ items: SavedReply[] }> {
  return { items: await listSavedReplyRows(ctx.db, ctx.workspaceId) };
}

/** Adds a saved reply. Refuses: CONFLICT when the shortcut is taken; QUOTA_EXCEEDED past 500. */
export async function createSavedReply(ctx: MemberCtx, fields: SavedReplyFields): Promise<SavedReply> {
  return inTransaction(ctx, async (tx) => {
    if ((await lockSavedReplies(tx.db, tx.workspaceId)) >= replyLimits.perWorkspace) throw full();
    const { userId } = tx.actor;
    const reply = await insertSavedReply(tx.db, tx.workspaceId, { ...fields, userId, now: tx.now() });
    if (!reply) throw shortcutTaken();
    await record(tx, "saved-replies.created", reply.id);
    return reply;
  });
}

/** Changes a saved reply; of two people the later wins. Refuses: NOT_FOUND; CONFLICT when the shortcut is another's. */
export async function updateSavedReply(ctx: MemberCtx, { id, ...fields }: UpdateSavedReplyInput): Promise<SavedReply> {
  return inTransaction(ctx, async (tx) => {
    await lockSavedReplies(tx.db, tx.workspaceId);
    const { userId } = tx.actor;
    const reply = await updateSavedReplyRow(tx.db, tx.workspaceId, id, { ...fields, userId, now: tx.now() });
    if (reply === "missing") throw notFound("Saved reply");
    if (reply === "taken") throw shortcutTaken();
    await record(tx, "saved-replies.updated", id);
    return reply;
  });
}

/** Refuses: NOT_FOUND, also for one that was removed a moment ago. */
export async function removeSavedReply(ctx: MemberCtx, { id }: { id: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (tx) => {
    if (!(await deleteSavedReply(tx.db, tx.workspaceId, id))) throw notFound("Saved reply");
    await record(tx, "saved-replies.removed", id);
    return { ok: true as const };
  });
}

async function record(ctx: MemberCtx, operation: string, id: string): Promise<void> {
  await audit(ctx, { operation, targetKind: "saved-reply", targetId: id });
  await publish(ctx, { type: "replies.changed", ids: { savedReplyId: id } });
}

function shortcutTaken(): AppError {
  return new AppError("CONFLICT", "Another saved reply has this shortcut.", {
    facts: { reason: "shortcut-taken" },
    fieldErrors: { shortcut: ["taken"] },
  });
}

function full(): AppError {
  return new AppError("QUOTA_EXCEEDED", `A workspace keeps at most ${replyLimits.perWorkspace} saved replies.`, {
    facts: { reason: "too-many-replies", limit: replyLimits.perWorkspace },
  });
}
