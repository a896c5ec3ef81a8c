import { setTimeout as delay } from "node:timers/promises";
import { partsQueued } from "@/modules/bots/events";
import { sendText, type Answer, type SendTarget } from "@/modules/bots/server/gateway";
import { addressOf } from "@/modules/bots/rules";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { outlastDatabase } from "@/server/database-away";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction, sqlState } from "@/server/transaction";
import { FILE_TIMEOUT_MS, sendFile } from "./files";
import { outgoingPace } from "./pace";
import { giveUp, recordRefusal } from "./refusals";
import {
  type Claim,
  type ClaimedPart,
  claimPart,
  findQuestionId,
  findRoute,
  insertParts,
  listUnserved,
  markInterrupted,
  type NewPart,
  type Route,
  settlePart,
} from "./repository";
import { announceTick } from "./ticks";

/** Twice the longest call, because a part may be sent again as plain text, and what recording it takes. */
const LEASE_MS = 25_000;
/** The same for a part with a file: twice the longest upload, once as a picture and once as a document. */
const FILE_LEASE_MS = 2 * FILE_TIMEOUT_MS + 10_000;
/** How long a delivery waits for its turn by itself; for more it gives its place to others and comes back. */
const WAIT_MS = 1_200;
/** Another process sends a part of the same dialog: look again when it should be through. */
const BUSY_LOOK_MS = 1_000;
/** After Telegram could not be reached the first time. */
const UNREACHED_PAUSE_MS = 2_000;
const UNSERVED_AFTER_MS = 30_000;
const SWEEP_LIMIT = 500;
const UNIQUE_VIOLATION = "23505";

const lanePrefix = "tg-out:";
const laneOf = (dialogId: string) => lanePrefix + dialogId;

/** How far a delivery came: all sent, or why parts still wait. */
type Progress = "done" | "unreached" | { comeBackAt: Date };

/** Puts the parts of a stored message into the outbox, in the caller's transaction. Sending them is the caller's next step. */
export async function queueParts(
  ctx: WorkspaceCtx,
  message: { dialogId: string; messageId: string; botId: string; parts: readonly NewPart[] },
): Promise<void> {
  await insertParts(ctx.db, ctx.workspaceId, message, ctx.now());
}

/** Has the waiting parts of a dialog sent by a job, at once or from an instant on. */
export async function requestDelivery(ctx: Pick<Ctx, "db">, dialogId: string, runAt?: Date): Promise<void> {
  const lane = laneOf(dialogId);
  await enqueue(ctx, partsQueued, { dialogId }, { lane, key: lane, runAt });
}

/**
 * Sends what waits in a dialog from within the job that queued it, without the way through another job. What cannot leave
 * now is left to the delivery job. A crash before the end is made good by the caller's own repeat, or by the sweep.
 */
export async function deliverNow(job: JobCtx, route: Route): Promise<void> {
  const progress = await sendWaiting(job, route);
  if (progress === "done") return;
  const runAt = progress === "unreached" ? later(job, UNREACHED_PAUSE_MS) : progress.comeBackAt;
  await requestDelivery(job, route.dialogId, runAt);
}

/**
 * The delivery job: sends the waiting parts of a dialog in order, each at most once. A refusal ends the part, a rate limit
 * postpones the rest, silence after sending makes it `uncertain`. Throws while Telegram cannot be reached, so that it runs again.
 */
export async function deliverDialog(job: JobCtx, dialogId: string): Promise<void> {
  const route = await findRoute(job.db, dialogId);
  if (!route) return;
  const progress = await sendWaiting(job, route);
  if (progress === "done") return;
  if (progress !== "unreached") return requestDelivery(job, dialogId, progress.comeBackAt);
  if (!job.isLastAttempt) throw new Error("Telegram cannot be reached.");
  await giveUp({ ...job, workspaceId: route.workspaceId }, dialogId, "telegram-unavailable");
}

/** Sends what nobody serves: the process that queued it died, or its job used up its attempts. */
export async function deliverUnserved(job: JobCtx): Promise<void> {
  const now = job.now();
  const before = new Date(now.getTime() - UNSERVED_AFTER_MS);
  const dialogIds = await listUnserved(job.db, { before, now, limit: SWEEP_LIMIT, lanePrefix });
  for (const dialogId of dialogIds) await requestDelivery(job, dialogId);
  job.note({ unserved: dialogIds.length });
}

async function sendWaiting(job: JobCtx, route: Route): Promise<Progress> {
  const address = addressOf(route.visitorKey);
  if (!address) return "done";
  const ctx: WorkspaceCtx = { ...job, workspaceId: route.workspaceId };
  for (;;) {
    if (job.signal.aborted) return { comeBackAt: job.now() };
    const waitMs = await waitForTurn(route.botId, address.chatId, job.signal);
    if (waitMs > 0) return { comeBackAt: later(job, waitMs) };
    const claim = await claimNext(ctx, route.dialogId);
    if (claim === "busy") return { comeBackAt: later(job, BUSY_LOOK_MS) };
    if (!claim?.part) {
      outgoingPace.giveBack(route.botId, address.chatId);
      if (claim?.quietUntil) return { comeBackAt: claim.quietUntil };
      if (!claim?.busyUntil) return "done";
      if (claim.busyUntil > job.now()) return { comeBackAt: later(job, BUSY_LOOK_MS) };
      await settleInterrupted(ctx, route.dialogId);
      continue;
    }
    const part = { ...claim.part, dialogId: route.dialogId };
    const replyTo =
      address.chatId < 0 && part.part === 0 ? await findQuestionId(ctx.db, ctx.workspaceId, part.messageId) : null;
    const { businessConnectionId } = claim;
    const sent = await sendPart(claim, { ...address, replyTo, businessConnectionId }, part);
    if (sent.ok) {
      const outcome = { state: "sent", externalId: sent.value } as const;
      const settle = () => settlePart(ctx.db, ctx.workspaceId, part, outcome, ctx.now());
      // What Telegram has taken must not become uncertain because the database restarts meanwhile.
      const hasMore = await outlastDatabase(settle, job.signal);
      announceTick(ctx, part.messageId);
      if (!hasMore) return "done";
      continue;
    }
    job.note({ telegramFault: sent.fault.reason });
    const { chatId } = address;
    const refusal = { part, botId: claim.botId, chatId, fault: sent.fault };
    const next = await outlastDatabase(() => recordRefusal(ctx, refusal), job.signal);
    if (next === "unreached" || next === "done") return next;
    if (next === "next") continue;
    if (chatId < 0) outgoingPace.pause(route.botId, chatId, next.comeBackAt.getTime());
    return next;
  }
}

/** Takes a slot, after a short wait when one is near. Returns the milliseconds that are left when it is not. */
async function waitForTurn(botId: string, chatId: number, signal: AbortSignal): Promise<number> {
  for (let patienceMs = WAIT_MS; ;) {
    const waitMs = outgoingPace.take(botId, chatId);
    if (waitMs === 0 || waitMs > patienceMs) return waitMs;
    patienceMs -= waitMs;
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return waitMs;
  }
}

async function claimNext(ctx: WorkspaceCtx, dialogId: string): Promise<Claim | "busy" | null> {
  try {
    return await claimPart(ctx.db, ctx.workspaceId, dialogId, {
      now: ctx.now(),
      leaseMs: LEASE_MS,
      fileLeaseMs: FILE_LEASE_MS,
    });
  } catch (error) {
    // Another process took a part of the dialog between the statement's look and its write.
    if (sqlState(error) === UNIQUE_VIOLATION) return "busy";
    throw error;
  }
}

async function sendPart(claim: Claim, to: SendTarget, part: ClaimedPart): Promise<Answer<string>> {
  const bot = { id: claim.botId, tokenSealed: claim.tokenSealed };
  const { html, plain, buttons, file } = part;
  if (file) return sendFile(bot, to, { ...part, file });
  const sent = await sendText(bot, to, { text: html, isHtml: true, buttons });
  const isRefusedMarkup = !sent.ok && sent.fault.reason === "bad-markup";
  return isRefusedMarkup ? sendText(bot, to, { text: plain, isHtml: false, buttons }) : sent;
}

async function settleInterrupted(ctx: WorkspaceCtx, dialogId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const ended = await markInterrupted(ctx.db, ctx.workspaceId, dialogId, ctx.now());
    for (const messageId of ended) await publish(ctx, { type: "delivery.changed", ids: { messageId } });
  });
}

const later = (ctx: Pick<Ctx, "now">, ms: number) => new Date(ctx.now().getTime() + ms);
