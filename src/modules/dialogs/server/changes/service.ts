import { AppError, notFound } from "@/lib/errors";
import { storable } from "@/lib/text";
import { audit } from "@/modules/audit/server/service";
import type { DeleteMessageInput, EditMessageInput } from "@/modules/dialogs/changes/contract";
import { deletableForMs } from "@/modules/dialogs/changes/rules";
import { leavingLane, messageChanged } from "@/modules/dialogs/events";
import type { MemberCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { type HeldMessage, holdMessage, refreshPreview, reviseMessage, withVersion } from "./repository";

type Changed = { isChanged: boolean };

/**
 * Puts other words in the place of the caller's own message and carries them to its channel; the earlier ones are kept. The same
 * words again change nothing, unless the channel did not take them yet. Refuses: NOT_FOUND; FORBIDDEN for what others wrote;
 * CONFLICT for a deleted message, and when other words than `seenText` stand there by now.
 */
export async function editMessage(ctx: MemberCtx, input: EditMessageInput): Promise<Changed> {
  return inTransaction(ctx, async (tx) => {
    const message = await heldOfTeam(tx, input.messageId);
    if (message.userId !== tx.actor.userId) throw notYours("Only the author may change a message.");
    if (message.removedAt) throw conflict("message-deleted", "This message was deleted.");
    const text = storable(input.text);
    const isSame = text === message.text;
    if (isSame && message.change?.state !== "failed") return { isChanged: false };
    if (!isSame && input.seenText !== undefined && storable(input.seenText) !== message.text) {
      throw conflict("changed-meanwhile", "This message was changed meanwhile.");
    }
    const now = tx.now();
    const revision = isSame ? {} : { text, versions: withVersion(message.versions, message.text, now), editedAt: now };
    await revise(tx, message, "edit", revision);
    return { isChanged: true };
  });
}

/**
 * Takes back a message of the team, here and in its channel; its words are kept for the team. Twice is fine. Refuses: NOT_FOUND;
 * FORBIDDEN for what others wrote, except to owners and admins; CONFLICT when the channel lets nobody delete it any more.
 */
export async function deleteMessage(ctx: MemberCtx, { messageId }: DeleteMessageInput): Promise<Changed> {
  return inTransaction(ctx, async (tx) => {
    const message = await heldOfTeam(tx, messageId);
    const { userId, memberRole } = tx.actor;
    if (message.userId !== userId && memberRole === "operator") throw notYours("Only the author may delete a message.");
    const isAgain = message.removedAt !== null;
    if (isAgain && message.change?.state !== "failed") return { isChanged: false };
    const now = tx.now();
    if (!isAgain && isTooOld(message, now)) {
      throw conflict("too-old-to-delete", "Telegram lets a message be deleted within 48 hours only.");
    }
    const versions = withVersion(message.versions, message.text, now);
    const revision = isAgain ? {} : { text: "", versions, removedAt: now, removedBy: userId };
    await revise(tx, message, "delete", revision);
    return { isChanged: true };
  });
}

async function heldOfTeam(ctx: MemberCtx, messageId: string): Promise<HeldMessage> {
  const message = await holdMessage(ctx.db, ctx.workspaceId, messageId);
  if (!message) throw notFound("Message");
  if (message.author !== "operator") throw notYours("Only messages of people of the team can be changed.");
  return message;
}

// What never left can be taken back at any time.
function isTooOld({ channel, delivery, createdAt }: HeldMessage, now: Date): boolean {
  const hasLeft = delivery === "sent" || delivery === "uncertain";
  return channel === "telegram" && hasLeft && now.getTime() - createdAt.getTime() >= deletableForMs;
}

async function revise(
  ctx: MemberCtx,
  { id, dialogId, channel }: HeldMessage,
  kind: "edit" | "delete",
  revision: Parameters<typeof reviseMessage>[3],
): Promise<void> {
  const isCarried = channel === "telegram";
  const channelChange = isCarried ? ({ kind, state: "queued", at: ctx.now().toISOString() } as const) : null;
  await reviseMessage(ctx.db, ctx.workspaceId, id, { ...revision, channelChange });
  await refreshPreview(ctx.db, ctx.workspaceId, dialogId);
  if (isCarried) {
    const payload = { workspaceId: ctx.workspaceId, dialogId, messageId: id };
    await enqueue(ctx, messageChanged, payload, { lane: leavingLane(dialogId) });
  }
  const operation = kind === "edit" ? "dialogs.message-edited" : "dialogs.message-deleted";
  await audit(ctx, { operation, targetKind: "message", targetId: id, detail: { dialogId } });
  await publish(ctx, { type: "message.updated", ids: { dialogId, messageId: id } });
}

const notYours = (sentence: string) => new AppError("FORBIDDEN", sentence, { facts: { reason: "not-author" } });
const conflict = (reason: string, sentence: string) => new AppError("CONFLICT", sentence, { facts: { reason } });
