import type { DeliveryState } from "@/db/enums";
import { notFound } from "@/lib/errors";
import { leavingLane, noticeLeft, operatorReplied } from "@/modules/dialogs/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { appendOwnMessage, findByClientId, type OwnMessage } from "./writing-repository";

export type WrittenMessage = { id: string; seq: number; createdAt: Date; delivery: DeliveryState | null } & {
  isNew: boolean;
  /** Whether the message is the caller's: a repeat of somebody else's id is not. */
  isOwn: boolean;
};

/**
 * Writes a message of the team's side, once per client id, and announces it to tabs and to the channel that must carry it. The
 * caller has to hold the dialog's row when twins are possible. Refuses: NOT_FOUND.
 */
export async function writeMessage(ctx: WorkspaceCtx, message: OwnMessage): Promise<WrittenMessage> {
  return inTransaction(ctx, async (tx) => {
    const known = await findByClientId(tx.db, tx.workspaceId, message.dialogId, message.clientId);
    if (known) {
      const isOwn = known.author === message.author && known.userId === (message.userId ?? null);
      return { ...toWritten(known), isNew: false, isOwn };
    }
    const row = await appendOwnMessage(tx.db, tx.workspaceId, message, tx.now());
    if (!row) throw notFound("Dialog");
    const ids = { dialogId: message.dialogId, messageId: row.id };
    await publish(tx, { type: "message.new", ids });
    if (row.isChannel) {
      const event = message.author === "operator" ? operatorReplied : noticeLeft;
      await enqueue(tx, event, { workspaceId: tx.workspaceId, ...ids }, { lane: leavingLane(message.dialogId) });
    }
    return { ...toWritten(row), isNew: true, isOwn: true };
  });
}

/** The message that the caller wrote under a client id before; undefined when there is none of that caller. */
export async function findWritten(
  ctx: WorkspaceCtx,
  { dialogId, userId, clientId }: { dialogId: string; userId: string; clientId: string },
): Promise<WrittenMessage | undefined> {
  const known = await findByClientId(ctx.db, ctx.workspaceId, dialogId, clientId);
  const isOwn = known?.author === "operator" && known.userId === userId;
  return known && isOwn ? { ...toWritten(known), isNew: false, isOwn } : undefined;
}

function toWritten({ id, seq, createdAt, delivery }: Pick<WrittenMessage, "id" | "seq" | "createdAt" | "delivery">) {
  return { id, seq, createdAt, delivery };
}
