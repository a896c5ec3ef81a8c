import type { DeliveryState } from "@/db/enums";
import { partsQueued } from "@/modules/bots/events";
import { setReachable } from "@/modules/bots/server/conversation/service";
import { type Answer, type Fault, sendText } from "@/modules/bots/server/gateway";
import { reportFault } from "@/modules/bots/server/status";
import { addressOf } from "@/modules/bots/rules";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  claimPart,
  failWaiting,
  findQuestionId,
  findRoute,
  insertParts,
  markInterrupted,
  type NewPart,
  refreshDelivery,
  settlePart,
} from "./repository";

type Route = NonNullable<Awaited<ReturnType<typeof findRoute>>>;
type ClaimedPart = NonNullable<Awaited<ReturnType<typeof claimPart>>>;

/** Deliveries of one dialog run one at a time. */
const queueOf = (dialogId: string) => `tg-out:${dialogId}`;

// After a 429 every call of that bot waits; other processes learn it from a refusal of their own.
const pausedUntil = new Map<string, number>();

/** Puts a stored message into the outbox, with the job that sends it, in the caller's transaction. */
export async function queueParts(
  ctx: WorkspaceCtx,
  message: { dialogId: string; messageId: string; botId: string; parts: readonly NewPart[] },
): Promise<void> {
  await insertParts(ctx.db, ctx.workspaceId, message);
  await requestDelivery(ctx, message.dialogId);
}

/** Has the waiting parts of a dialog sent, at once or from an instant on. */
export async function requestDelivery(ctx: Pick<Ctx, "db">, dialogId: string, runAt?: Date): Promise<void> {
  const queue = queueOf(dialogId);
  await enqueue(ctx, partsQueued, { dialogId }, { queue, key: queue, runAt });
}

/**
 * Sends the waiting parts of a dialog in order, each at most once. A refusal ends the part, a rate limit postpones the rest,
 * silence after sending makes it `uncertain`. Throws while Telegram cannot be reached, so that the job tries again.
 */
export async function deliverDialog(ctx: JobCtx, dialogId: string): Promise<void> {
  const route = await findRoute(ctx.db, dialogId);
  const address = route && addressOf(route.visitorKey);
  if (!route || !address || route.status === "invalid_token") return;
  const tenant: WorkspaceCtx = { ...ctx, workspaceId: route.workspaceId };
  await settleInterrupted(tenant, dialogId);
  const until = pausedUntil.get(route.botId) ?? 0;
  if (until > ctx.now().getTime()) return requestDelivery(ctx, dialogId, new Date(until));
  pausedUntil.delete(route.botId);

  for (let part = await claim(tenant, dialogId); part; part = await claim(tenant, dialogId)) {
    const isGroup = address.chatId < 0;
    const replyTo = isGroup && part.part === 0 ? await findQuestionId(ctx.db, route.workspaceId, part.messageId) : null;
    const sent = await sendPart(route, { chatId: address.chatId, threadId: address.threadId, replyTo }, part);
    if (sent.ok) await settle(tenant, part, { state: "sent", externalId: sent.value });
    else if (!(await survives(tenant, ctx, route, part, sent.fault))) return;
  }
}

async function claim(ctx: WorkspaceCtx, dialogId: string): Promise<ClaimedPart | null> {
  return claimPart(ctx.db, ctx.workspaceId, dialogId);
}

async function sendPart(route: Route, to: Parameters<typeof sendText>[1], part: ClaimedPart): Promise<Answer<string>> {
  const bot = { id: route.botId, tokenSealed: route.tokenSealed };
  const sent = await sendText(bot, to, { text: part.html, isHtml: true });
  return !sent.ok && sent.fault.reason === "bad-markup" ? sendText(bot, to, { text: part.plain, isHtml: false }) : sent;
}

/** Records why a part did not leave; true when the next part may still be sent. */
async function survives(
  ctx: WorkspaceCtx,
  job: JobCtx,
  route: Route,
  part: ClaimedPart,
  fault: Fault,
): Promise<boolean> {
  job.note({ telegramFault: fault.reason });
  switch (fault.reason) {
    case "uncertain":
      await settle(ctx, part, { state: "uncertain", error: "no-answer" });
      return true;
    case "refused":
    case "bad-markup":
    case "conflict":
      await settle(ctx, part, { state: "failed", error: "description" in fault ? fault.description : fault.reason });
      return true;
    case "blocked":
      await giveUp(ctx, route.dialogId, part, "blocked");
      return false;
    case "token-unknown":
      await settle(ctx, part, { state: "queued", error: "token-revoked" });
      await reportFault(ctx, route.botId, "token-revoked");
      return false;
    case "too-fast": {
      const until = new Date(ctx.now().getTime() + fault.retryAfterSeconds * 1000);
      pausedUntil.set(route.botId, until.getTime());
      await settle(ctx, part, { state: "queued", error: "too-fast" });
      await requestDelivery(ctx, route.dialogId, until);
      return false;
    }
    case "unavailable":
      if (job.isLastAttempt) {
        await giveUp(ctx, route.dialogId, part, "telegram-unavailable");
        return false;
      }
      await settle(ctx, part, { state: "queued", error: "telegram-unavailable" });
      throw new Error("Telegram cannot be reached.");
  }
}

async function settle(
  ctx: WorkspaceCtx,
  part: ClaimedPart,
  outcome: { state: DeliveryState; externalId?: string; error?: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await settlePart(ctx.db, ctx.workspaceId, part.id, outcome);
    await announce(ctx, part.messageId);
  });
}

async function giveUp(ctx: WorkspaceCtx, dialogId: string, part: ClaimedPart, error: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await settlePart(ctx.db, ctx.workspaceId, part.id, { state: "failed", error });
    const others = await failWaiting(ctx.db, ctx.workspaceId, dialogId, error);
    for (const messageId of new Set([part.messageId, ...others.map((row) => row.messageId)]))
      await announce(ctx, messageId);
    if (error === "blocked") await setReachable(ctx, dialogId, false);
  });
}

async function settleInterrupted(ctx: WorkspaceCtx, dialogId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const rows = await markInterrupted(ctx.db, ctx.workspaceId, dialogId);
    for (const messageId of new Set(rows.map((row) => row.messageId))) await announce(ctx, messageId);
  });
}

async function announce(ctx: WorkspaceCtx, messageId: string): Promise<void> {
  await refreshDelivery(ctx.db, ctx.workspaceId, messageId);
  await publish(ctx, { type: "delivery.changed", ids: { messageId } });
}
