import type { WorkspaceId } from "@/lib/brand";
import { addressOf } from "@/modules/bots/rules";
import type { Answer, Fault } from "@/modules/bots/server/gateway";
import { reportFault } from "@/modules/bots/server/status";
import type { ChangeReason } from "@/modules/dialogs/changes/contract";
import { deletableForMs } from "@/modules/dialogs/changes/rules";
import { leavingLane, messageChanged } from "@/modules/dialogs/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { outgoingPace } from "../pace";
import type { NewPart } from "../repository";
import { deliverNow, queueParts } from "../service";
import { wordedParts } from "../spoken";
import { rewordMessage, retractMessage } from "./gateway";
import {
  dropPart,
  findWaitingChange,
  listSentParts,
  markRetracted,
  refreshDelivery,
  rewritePart,
  sendPartAnew,
  type SentPart,
  settleChange,
  type WaitingChange,
} from "./repository";

/** Another process is just sending a part; what it was given as cannot be known before. */
const BUSY_LOOK_MS = 1_000;

type Payload = { workspaceId: string; dialogId: string; messageId: string };
/** What became of one part: as wanted, not to be had for a reason, or to be tried again. */
type Step =
  { kind: "done" } | { kind: "refused"; reason: ChangeReason } | { kind: "later"; ms: number } | { kind: "unreached" };

const done: Step = { kind: "done" };

/**
 * Makes the channel show what a changed message says now: sent parts are reworded, surplus ones deleted, missing ones sent.
 * It compares what is there with what should be, so it may run as often as it likes. What Telegram does not allow is written
 * down with its reason. Throws while Telegram cannot be reached, so that it runs again.
 */
export async function carryChange(job: JobCtx, payload: Payload): Promise<void> {
  // The payload was written inside its own tenant.
  const ctx: WorkspaceCtx = { ...job, workspaceId: payload.workspaceId as WorkspaceId };
  const { messageId, dialogId } = payload;
  const waiting = await findWaitingChange(ctx.db, ctx.workspaceId, messageId);
  if (!waiting) return;
  const parts = await listSentParts(ctx.db, ctx.workspaceId, messageId);
  const { botId, visitorKey } = waiting;
  if (botId === null) return settle(ctx, payload, waiting, parts.length === 0 ? null : "bot-disconnected");
  const wanted = waiting.isRemoved ? [] : await wordedParts(ctx, messageId);
  let refused: ChangeReason | null = null;
  for (const part of parts) {
    const step = await carryPart(ctx, { ...waiting, botId }, part, wanted[part.part]);
    if (step.kind === "refused") refused = step.reason;
    if (step.kind === "later") return again(job, payload, step.ms);
    if (step.kind !== "unreached") continue;
    if (!job.isLastAttempt) throw new Error("Telegram cannot be reached.");
    refused = "telegram-unavailable";
    break;
  }
  if (parts.length > 0 && refused === null) await queueParts(ctx, { dialogId, messageId, botId, parts: wanted });
  await settle(ctx, payload, waiting, refused);
  await deliverNow(job, { workspaceId: ctx.workspaceId, dialogId, botId, visitorKey });
}

type Carried = WaitingChange & { botId: string };

async function carryPart(
  ctx: WorkspaceCtx,
  waiting: Carried,
  part: SentPart,
  wanted: NewPart | undefined,
): Promise<Step> {
  const { db, workspaceId } = ctx;
  if (part.state === "sending") return { kind: "later", ms: BUSY_LOOK_MS };
  if (part.retractedAt) {
    if (wanted) await sendPartAnew(db, workspaceId, part.id, wanted, ctx.now());
    return done;
  }
  if (part.state === "queued" || part.state === "failed") {
    // Nobody has seen it yet, so the words that leave later are simply the new ones.
    const isStill = wanted
      ? await rewritePart(db, workspaceId, part.id, wanted, [part.state], ctx.now())
      : await dropPart(db, workspaceId, part.id, part.state);
    return isStill ? done : { kind: "later", ms: 0 };
  }
  const sentId = Number(part.externalId);
  if (part.state === "uncertain" || !Number.isSafeInteger(sentId) || sentId <= 0) {
    return { kind: "refused", reason: "unconfirmed" };
  }
  if (wanted && wanted.html === part.html) return done;
  const step = await call(ctx, waiting, sentId, wanted && { ...wanted, isCaption: part.isFile });
  if (step.kind !== "done") return step;
  if (wanted) await rewritePart(db, workspaceId, part.id, wanted, ["sent"], ctx.now());
  else await markRetracted(db, workspaceId, part.id, ctx.now());
  return done;
}

async function call(
  ctx: WorkspaceCtx,
  waiting: Carried,
  messageId: number,
  wanted: (NewPart & { isCaption: boolean }) | undefined,
): Promise<Step> {
  const address = addressOf(waiting.visitorKey);
  if (!address || waiting.tokenSealed === null) return { kind: "refused", reason: "gone" };
  if (waiting.botStatus === "invalid_token") return { kind: "refused", reason: "token-revoked" };
  const waitMs = outgoingPace.take(waiting.botId, address.chatId);
  if (waitMs > 0) return { kind: "later", ms: waitMs };
  const bot = { id: waiting.botId, tokenSealed: waiting.tokenSealed };
  const { chatId, threadId } = address;
  const at = { chatId, threadId, businessConnectionId: waiting.businessConnectionId, messageId };
  const answer = wanted ? await rewordMessage(bot, at, wanted) : await retractMessage(bot, at);
  return stepOf(ctx, waiting, answer);
}

async function stepOf(ctx: WorkspaceCtx, waiting: Carried, answer: Answer<unknown>): Promise<Step> {
  if (answer.ok) return done;
  const { fault } = answer;
  switch (fault.reason) {
    case "too-fast":
      return { kind: "later", ms: fault.retryAfterSeconds * 1000 };
    // Doing it twice changes nothing more, so a call without an answer is simply made again.
    case "uncertain":
    case "unavailable":
      return { kind: "unreached" };
    case "blocked":
      return { kind: "refused", reason: "blocked" };
    case "moved":
      return { kind: "refused", reason: "gone" };
    case "token-unknown":
      await reportFault(ctx, waiting.botId, "token-revoked");
      return { kind: "refused", reason: "token-revoked" };
    case "conflict":
    case "bad-markup":
    case "refused":
      return { kind: "refused", reason: reasonOf(ctx, waiting, fault) };
  }
}

function reasonOf(ctx: WorkspaceCtx, waiting: Carried, fault: Fault): ChangeReason {
  const description = "description" in fault ? fault.description : "";
  if (/not found|MESSAGE_ID_INVALID/i.test(description)) return "gone";
  const isOld = ctx.now().getTime() - waiting.createdAt.getTime() >= deletableForMs;
  return isOld && /can't be (edited|deleted)/i.test(description) ? "too-old" : "refused";
}

async function settle(
  ctx: WorkspaceCtx,
  { dialogId, messageId }: Payload,
  { change }: WaitingChange,
  refused: ChangeReason | null,
): Promise<void> {
  const outcome = refused === null ? { state: "done" as const } : { state: "failed" as const, reason: refused };
  await inTransaction(ctx, async (tx) => {
    const { kind, at } = change;
    await refreshDelivery(tx.db, tx.workspaceId, messageId);
    if (!(await settleChange(tx.db, tx.workspaceId, messageId, { kind, at, ...outcome }))) return;
    await publish(tx, { type: "message.updated", ids: { dialogId, messageId } });
  });
}

async function again(job: JobCtx, payload: Payload, waitMs: number): Promise<void> {
  const runAt = new Date(job.now().getTime() + waitMs);
  await enqueue(job, messageChanged, payload, { lane: leavingLane(payload.dialogId), runAt });
}
