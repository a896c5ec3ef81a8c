import { flushed } from "@/db/flush";
import { newId } from "@/lib/ids";
import type { TurnAnswer, TurnOutcome } from "@/modules/chat/contract";
import { needsSummary } from "@/modules/chat/rules";
import { bookingActor } from "@/modules/balance/server/charging";
import { announceNow } from "@/modules/balance/server/notices";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction, sqlState } from "@/server/transaction";
import { localeOf } from "./answering";
import { handoffNotice } from "./handing-over";
import { summarizeDialogJob } from "./jobs";
import { noticeFor } from "./notices";
import { insertLeaving } from "./outbox-repository";
import { personOf, refusalOf, refuse, repeatOf } from "./outcomes";
import { type ClaimedTurn, claimTurn, insertNotice } from "./repository";
import { closeGeneration, type Settled, type SettledAnswer, settleTurn, type Work } from "./settling-repository";
import type { Run, TurnRef } from "./turn-options";

const UNIQUE_VIOLATION = "23505";

/** Writes the answer and its charge. Resolves to undefined when it came too late. */
export async function settle(
  ctx: WorkspaceCtx,
  ref: TurnRef,
  { claimed, generationId, options }: Run,
  work: Work,
  answer: TurnAnswer,
): Promise<Settled | undefined> {
  const { messageId: id, text, citations } = answer;
  const leaving = options.leaveAs?.({ text, citations, isNotice: false });
  const payer = bookingActor(ctx.actor);
  const settlement = { ...ref, generationId, epoch: claimed.epoch, now: ctx.now(), payer, work };
  const message = { id, text, citations, isChannel: claimed.channel === "telegram", leaving };
  const event = { type: "message.new", ids: { dialogId: ref.dialogId, messageId: id } } as const;
  const isSummaryDue = needsSummary(claimed.seq + 1, claimed.summaryThroughSeq);
  const write = async (message: SettledAnswer) => {
    if (!isSummaryDue) {
      return settleTurn(ctx.db, ctx.workspaceId, settlement, message, { ...event, workspaceId: ctx.workspaceId });
    }
    return inTransaction(ctx, async (tx) => {
      const settled = await settleTurn(tx.db, tx.workspaceId, settlement, message);
      if (!settled) return undefined;
      await enqueue(
        tx,
        summarizeDialogJob,
        { workspaceId: tx.workspaceId, dialogId: ref.dialogId },
        { key: `chat.summarize-dialog:${ref.dialogId}` },
      );
      await publish(tx, event);
      return settled;
    });
  };
  const settled = await write(message).catch((error: unknown) => {
    if (!leaving?.leaseMs || sqlState(error) !== UNIQUE_VIOLATION) throw error;
    // Another process began to send in this dialog meanwhile: the answer waits for its turn like any other.
    return write({ ...message, leaving: { ...leaving, leaseMs: undefined } });
  });
  if (settled) await flushed(ctx.db);
  if (settled?.firstPart) options.onLeft?.(settled.firstPart);
  return settled;
}

/** The fence refused: what stands in the dialog now says why. */
export async function discard(ctx: WorkspaceCtx, ref: TurnRef, generationId: string, work: Work): Promise<TurnOutcome> {
  const now = await claimTurn(ctx.db, ctx.workspaceId, ref, null);
  const reason = now?.isOvertaken ? "superseded" : (now && refusalOf(now)) || "discarded";
  const state = reason === "superseded" ? "superseded" : "discarded";
  const closing = { error: "late", now: ctx.now(), payer: bookingActor(ctx.actor), work };
  await closeGeneration(ctx.db, ctx.workspaceId, generationId, state, closing);
  if (now?.answer) return repeatOf(now.answer);
  return { ok: false, reason, notice: null };
}

/** Closes a turn that failed, and tells the visitor when nobody will try again. */
export async function fail(ctx: WorkspaceCtx, ref: TurnRef, run: Run, work: Work, error: string): Promise<TurnOutcome> {
  const { claimed, generationId, options } = run;
  const notice = noticeFor("failed", localeOf(claimed), personOf(claimed)) ?? "";
  const isOurs = await inTransaction(ctx, async (tx) => {
    const closing = { error, now: tx.now(), payer: bookingActor(tx.actor), work };
    if (!(await closeGeneration(tx.db, tx.workspaceId, generationId, "failed", closing))) return false;
    // In the playground the failed answer itself offers Retry; a customer elsewhere has to be told.
    if (options.mayRetry || claimed.channel === "preview") return true;
    const id = newId();
    const isNew = await insertNotice(tx.db, tx.workspaceId, ref.dialogId, {
      id,
      key: `failed:${ref.messageId}`,
      text: notice,
      epoch: claimed.epoch,
      now: tx.now(),
      isChannel: claimed.channel === "telegram",
    });
    if (!isNew) return true;
    const leaving = options.leaveAs?.({ text: notice, citations: [], isNotice: true });
    if (leaving) await insertLeaving(tx.db, tx.workspaceId, id, { ...leaving, dialogId: ref.dialogId, now: tx.now() });
    await publish(tx, { type: "message.new", ids: { dialogId: ref.dialogId, messageId: id } });
    return true;
  });
  // Somebody else closed it: settled by a commit whose reply was lost, or given up by the process that took over.
  return isOurs ? { ok: false, reason: "failed", notice } : discard(ctx, ref, generationId, work);
}

/** People answer now: the claim is dropped, and nothing is charged. */
export async function passOn(
  ctx: WorkspaceCtx,
  claimed: ClaimedTurn,
  generationId: string,
  work?: Work,
): Promise<TurnOutcome> {
  const closing = { error: "handoff", now: ctx.now(), payer: bookingActor(ctx.actor), work };
  await closeGeneration(ctx.db, ctx.workspaceId, generationId, "discarded", closing);
  return { ok: false, reason: "handoff", notice: await handoffNotice(ctx, claimed) };
}

/** Nothing is generated without its price: the claim is dropped, and owners hear that the money is used up. */
export async function turnAway(ctx: WorkspaceCtx, { claimed, generationId }: Run): Promise<TurnOutcome> {
  const reason = claimed.priceMicros === null ? "not-offered" : "no-funds";
  const closing = { error: reason, now: ctx.now(), payer: bookingActor(ctx.actor) };
  await closeGeneration(ctx.db, ctx.workspaceId, generationId, "discarded", closing);
  if (claimed.priceMicros !== null) {
    await announceNow(ctx, claimed.priceMicros);
  }
  return { ...refuse(claimed, reason), neededMicros: claimed.priceMicros };
}
