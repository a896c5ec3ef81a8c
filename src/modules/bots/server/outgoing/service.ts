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
  listStranded,
  listUnserved,
  markInterrupted,
  type NewPart,
  type Route,
  settlePart,
} from "./repository";
import { announceTick } from "./ticks";

/** Twice the longest call, because a part may be sent again as plain text, and what recording it takes. */
export const LEASE_MS = 25_000;
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

/** A part that this process alone sends, and what sending it needs. */
export type TakenPart = Pick<Claim, "botId" | "tokenSealed" | "businessConnectionId"> & { part: ClaimedPart };

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
 * now is left to the delivery job. A crash before the end is made good by the caller's own repeat, or by the sweep. `taken` is
 * a part that the caller has taken already, with its slot, and that goes first.
 */
export async function deliverNow(job: JobCtx, route: Route, taken?: TakenPart): Promise<void> {
  const progress = await sendWaiting(job, route, taken);
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

/**
 * Sends what nobody serves: the process that queued it died, or its job used up its attempts. What no bot will ever carry
 * is given up, so that a person sees it and may send it again.
 */
export async function deliverUnserved(job: JobCtx): Promise<void> {
  const now = job.now();
  const before = new Date(now.getTime() - UNSERVED_AFTER_MS);
  const dialogIds = await listUnserved(job.db, { before, now, limit: SWEEP_LIMIT, lanePrefix });
  for (const dialogId of dialogIds) await requestDelivery(job, dialogId);
  const stranded = await listStranded(job.db, { before, now, limit: SWEEP_LIMIT });
  for (const { workspaceId, dialogId } of stranded) {
    const ctx = { ...job, workspaceId };
    await settleInterrupted(ctx, dialogId);
    await giveUp(ctx, dialogId, "bot-disconnected");
  }
  job.note({ unserved: dialogIds.length, stranded: stranded.length });
}

/** Takes a slot for a part that is to leave with the statement that writes it; false when it would have to wait. */
export function takeSlot({ botId, visitorKey }: Route): boolean {
  const address = addressOf(visitorKey);
  return address !== null && outgoingPace.take(botId, address.chatId) === 0;
}

/** Returns a slot that nothing leaves with. */
export function giveSlotBack({ botId, visitorKey }: Route): void {
  const address = addressOf(visitorKey);
  if (address) outgoingPace.giveBack(botId, address.chatId);
}

async function sendWaiting(job: JobCtx, route: Route, taken?: TakenPart): Promise<Progress> {
  const address = addressOf(route.visitorKey);
  if (!address) return "done";
  const ctx: WorkspaceCtx = { ...job, workspaceId: route.workspaceId };
  for (let first = taken; ; first = undefined) {
    const next = first ?? (await takeNext(ctx, job.signal, { route, chatId: address.chatId }));
    if (next === "interrupted") continue;
    if (next === "done" || "comeBackAt" in next) return next;
    const part = { ...next.part, dialogId: route.dialogId };
    const isFirstInGroup = address.chatId < 0 && part.part === 0;
    const replyTo = isFirstInGroup
      ? await findQuestionId(ctx.db, ctx.workspaceId, part.messageId, address.chatId)
      : null;
    const { businessConnectionId } = next;
    const sent = await sendPart(next, { ...address, replyTo, businessConnectionId }, part);
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
    const { chatId, botId: botTelegramId } = address;
    const refusal = { part, botId: next.botId, botTelegramId, chatId, fault: sent.fault };
    const verdict = await outlastDatabase(() => recordRefusal(ctx, refusal), job.signal);
    if (verdict === "unreached" || verdict === "done") return verdict;
    if (verdict === "next") continue;
    if (chatId < 0 && sent.fault.reason === "too-fast")
      outgoingPace.pause(route.botId, chatId, verdict.comeBackAt.getTime());
    return verdict;
  }
}

type Next = TakenPart | { comeBackAt: Date } | "done" | "interrupted";

/** Takes the next part when it is its turn; `interrupted` when one whose sender died had to be settled first. */
async function takeNext(
  ctx: WorkspaceCtx,
  signal: AbortSignal,
  { route, chatId }: { route: Route; chatId: number },
): Promise<Next> {
  if (signal.aborted) return { comeBackAt: ctx.now() };
  const waitMs = await waitForTurn(route.botId, chatId, signal);
  if (waitMs > 0) return { comeBackAt: later(ctx, waitMs) };
  const claim = await claimNext(ctx, route.dialogId);
  if (claim === "busy") return { comeBackAt: later(ctx, BUSY_LOOK_MS) };
  if (claim?.part) return { ...claim, part: claim.part };
  outgoingPace.giveBack(route.botId, chatId);
  if (claim?.quietUntil) return { comeBackAt: claim.quietUntil };
  if (!claim?.busyUntil) return "done";
  if (claim.busyUntil > ctx.now()) return { comeBackAt: later(ctx, BUSY_LOOK_MS) };
  await settleInterrupted(ctx, route.dialogId);
  return "interrupted";
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

async function sendPart(claim: TakenPart, to: SendTarget, part: ClaimedPart): Promise<Answer<string>> {
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
