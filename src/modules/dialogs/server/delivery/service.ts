import type { DeliveryState } from "@/db/enums";
import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { DELIVERY_REASONS, type DeliveryPart, type DeliveryRef } from "@/modules/dialogs/delivery/contract";
import { deliveryRetried, leavingLane } from "@/modules/dialogs/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { listParts, lockMessage, markWaiting, messageExists, requeueParts } from "./repository";

/** How each part of a message fared; empty for one that leaves through no channel. Refuses: NOT_FOUND. */
export async function getDelivery(ctx: WorkspaceCtx, { messageId }: DeliveryRef): Promise<{ parts: DeliveryPart[] }> {
  const rows = await listParts(ctx.db, ctx.workspaceId, messageId);
  if (rows.length === 0 && !(await messageExists(ctx.db, ctx.workspaceId, messageId))) throw notFound("Message");
  const parts = rows.map(({ history, ...part }) => ({
    ...part,
    moments: history.map(({ state, at, reason }) => ({
      state,
      at: new Date(at),
      reason: DELIVERY_REASONS.find((known) => known === reason) ?? null,
    })),
  }));
  return { parts };
}

/**
 * Has what failed or stayed uncertain of a message sent again, once: a second call finds it waiting and changes nothing.
 * Parts that arrived are not repeated. Refuses: NOT_FOUND.
 */
export async function retryDelivery(
  ctx: WorkspaceCtx,
  { messageId }: DeliveryRef,
): Promise<{ delivery: DeliveryState | null; isRetried: boolean }> {
  return inTransaction(ctx, async (tx) => {
    const message = await lockMessage(tx.db, tx.workspaceId, messageId);
    if (!message) throw notFound("Message");
    if (!(await markWaiting(tx.db, tx.workspaceId, messageId))) return { delivery: message.delivery, isRetried: false };
    const { dialogId } = message;
    await requeueParts(tx.db, tx.workspaceId, messageId, tx.now());
    await enqueue(
      tx,
      deliveryRetried,
      { workspaceId: tx.workspaceId, dialogId, messageId },
      { lane: leavingLane(dialogId) },
    );
    await audit(tx, { operation: "dialogs.delivery-retried", targetKind: "message", targetId: messageId });
    await publish(tx, { type: "delivery.changed", ids: { messageId } });
    return { delivery: "queued", isRetried: true };
  });
}
