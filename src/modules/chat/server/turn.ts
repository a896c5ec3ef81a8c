import type { StoredCitation } from "@/db/schema/dialogs";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { recordUsage } from "@/modules/ai/server/pool/usage";
import type { TurnAnswer, TurnOutcome, TurnPart, TurnReason } from "@/modules/chat/contract";
import { needsSummary } from "@/modules/chat/rules";
import { bookingActor } from "@/modules/balance/server/charging";
import { announceLeft, announceNow } from "@/modules/balance/server/notices";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { abandonTurn } from "./abandon";
import { codeOf } from "./abort";
import { emptyAnswer, emptyWork, generate, localeOf, retrieve } from "./answering";
import { summarizeDialogJob } from "./jobs";
import { handoffNotice, hasGivenUp, hearTakeover, isForPeople } from "./handing-over";
import { noticeFor } from "./notices";
import { insertLeaving, type LeavingParts } from "./outbox-repository";
import {
  type ClaimedTurn,
  claimTurn,
  closeGeneration,
  insertNotice,
  type Settled,
  settleTurn,
  type Work,
} from "./repository";
import { whileWatched } from "./watching/service";

/** The longest a turn may take from the claim to the last token. */
const TURN_MS = 120_000;
/** How long another process's running answer is waited for before it is taken for dead. */
const FOLLOW_MS = 10_000;
const FOLLOW_STEP_MS = 250;

export type TurnRef = { dialogId: string; messageId: string };

export type TurnOptions = {
  /** Ends the turn; a `TurnAbort` as its reason says what becomes of the words written so far. */
  signal?: AbortSignal;
  /** Hears that the turn has begun: its price is held and the model will be asked. */
  onBegin?: (begun: { epoch: number }) => void;
  /** Hears the answer as it is written. What it hears may still be discarded. */
  onPart?: (part: TurnPart) => void;
  /** What an answer leaves as through its channel; the statement that settles it writes that too. Also for the notice of a failed turn. */
  leaveAs?: (message: { text: string; citations: StoredCitation[]; isNotice: boolean }) => LeavingParts;
  /** Set by a caller that alone serves the dialog: a running generation that it finds belongs to a dead process. */
  isOnlyServer?: boolean;
  /** Whether a failure may still be tried again by the caller; the visitor is told only of the last one. */
  mayRetry?: boolean;
  /** The id that the answer will have; for a stream that has to name it at its start. */
  answerId?: string;
};

/**
 * Makes the one answer to a stored visitor's message: guard, hold, retrieve, compose, generate, fence, settle. However
 * often it is called, also after a crash at any point, there is one answer and one charge; a repeat gets the one that is
 * there. An answer that comes too late (newer message, handoff, end) or fails is free. Refuses: NOT_FOUND. Nothing of the
 * provider's own words leaves here.
 */
export async function startTurn(ctx: WorkspaceCtx, ref: TurnRef, options: TurnOptions = {}): Promise<TurnOutcome> {
  // Before the claim: a takeover between the two would not be heard, and its turn would write for nobody.
  const takeover = await hearTakeover(ctx, ref.dialogId);
  const signal = options.signal ? AbortSignal.any([options.signal, takeover.signal]) : takeover.signal;
  try {
    return await makeAnswer(ctx, ref, { ...options, signal });
  } finally {
    takeover.stopHearing();
  }
}

async function makeAnswer(ctx: WorkspaceCtx, ref: TurnRef, options: TurnOptions): Promise<TurnOutcome> {
  const waitUntilMs = Date.now() + FOLLOW_MS;
  const payer = bookingActor(ctx.actor);
  for (;;) {
    const generationId = newId();
    const claimed = await claimTurn(ctx.db, ctx.workspaceId, ref, { id: generationId, now: ctx.now(), payer });
    if (!claimed) throw notFound("Message");
    if (claimed.answer) return repeatOf(claimed.answer);
    if (claimed.isStale) continue;
    if (claimed.isClaimed && (await isForPeople(ctx, ref, claimed))) return passOn(ctx, claimed, generationId);
    if (claimed.isClaimed && !claimed.isFunded) return turnAway(ctx, { claimed, generationId, options });
    if (claimed.isClaimed) {
      return whileWatched(ctx, { dialogId: ref.dialogId, generationId, onPart: options.onPart }, (onPart) =>
        runTurn(ctx, ref, { claimed, generationId, options: { ...options, onPart } }),
      );
    }
    const refused = refusalOf(claimed);
    if (refused === "assistant-off" && (await isForPeople(ctx, ref, claimed)))
      return { ok: false, reason: "handoff", notice: await handoffNotice(ctx, claimed) };
    if (refused) return refuse(claimed, refused);
    if (options.signal?.aborted) return { ok: false, reason: "discarded", notice: null };
    if (options.isOnlyServer || Date.now() > waitUntilMs) {
      await abandonTurn(ctx, ref);
    } else {
      await pause(FOLLOW_STEP_MS);
    }
  }
}

/** People answer now: the claim is dropped, and nothing is charged. */
async function passOn(
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
async function turnAway(ctx: WorkspaceCtx, { claimed, generationId }: Run): Promise<TurnOutcome> {
  const reason = claimed.priceMicros === null ? "not-offered" : "no-funds";
  const closing = { error: reason, now: ctx.now(), payer: bookingActor(ctx.actor) };
  await closeGeneration(ctx.db, ctx.workspaceId, generationId, "discarded", closing);
  if (claimed.priceMicros !== null) {
    await announceNow(ctx, claimed.priceMicros);
  }
  return { ...refuse(claimed, reason), neededMicros: claimed.priceMicros };
}

function refusalOf(claimed: ClaimedTurn): TurnReason | null {
  if (claimed.dialogStatus === "ended") return "ended";
  if (claimed.handoffStatus !== "none") return "handoff";
  if (!claimed.assistant.isActive) return "assistant-off";
  return claimed.isOvertaken ? "superseded" : null;
}

function refuse(claimed: ClaimedTurn, reason: TurnReason): Extract<TurnOutcome, { ok: false }> {
  return { ok: false, reason, notice: noticeFor(reason, localeOf(claimed), personOf(claimed)) };
}

// In the playground nobody would come.
function personOf({ channel, assistant }: ClaimedTurn) {
  return { offersPerson: channel !== "preview" && assistant.handoffTriggers.includes("words") };
}

function repeatOf(answer: NonNullable<ClaimedTurn["answer"]>): TurnOutcome {
  const { id: messageId, ...rest } = answer;
  return {
    ok: true,
    isRepeat: true,
    answer: { ...rest, messageId, isDemoModel: answer.provider === "built-in", timings: null },
  };
}

type Run = { claimed: ClaimedTurn; generationId: string; options: TurnOptions };

async function runTurn(ctx: WorkspaceCtx, ref: TurnRef, { claimed, generationId, options }: Run): Promise<TurnOutcome> {
  const startedAtMs = performance.now();
  options.onBegin?.({ epoch: claimed.epoch });
  const work = emptyWork();
  const deadline = AbortSignal.timeout(TURN_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const facts = { turn: generationId, dialogId: ref.dialogId, channel: claimed.channel };
  const subject = { workspaceId: ctx.workspaceId, assistantId: claimed.assistantId, ...ref };
  const finish = (outcome: TurnOutcome, error?: string) => {
    void recordUsage(work.call, { ...subject, purpose: "answer", outcome: usageOutcome(outcome), errorCode: error });
    ctx.log.info({
      event: "turn",
      requestId: ctx.requestId,
      workspaceId: ctx.workspaceId,
      ...facts,
      ...turnFacts(work, outcome),
      error,
    });
    return outcome;
  };
  try {
    const passages = await retrieve(ctx, claimed, work, startedAtMs);
    const { callsPerson, ...written } = await generate(claimed, {
      work,
      passages,
      signal,
      startedAtMs,
      subject,
      onPart: options.onPart,
    });
    work.timings.totalMs = Math.round(performance.now() - startedAtMs);
    if (await hasGivenUp(ctx, ref, claimed, { ...written, callsPerson })) {
      return finish(await passOn(ctx, claimed, generationId, work), callsPerson === null ? "gave-up" : "called-person");
    }
    if (written.text === "") throw emptyAnswer(work);
    const answer: TurnAnswer = {
      messageId: options.answerId ?? newId(),
      ...written,
      provider: work.provider,
      model: work.model,
      isDemoModel: work.provider === "built-in",
      chargeMicros: claimed.priceMicros,
      timings: work.timings,
    };
    const settled = await settle(ctx, ref, { claimed, generationId, options }, work, answer);
    if (settled) {
      await announceLeft(ctx, settled, settled.priceMicros);
      return finish({ ok: true, isRepeat: false, answer });
    }
    return finish(await discard(ctx, ref, generationId, work), "late");
  } catch (error) {
    work.timings.totalMs = Math.round(performance.now() - startedAtMs);
    const code = codeOf(deadline.aborted && !options.signal?.aborted ? deadline.reason : error);
    if (options.signal?.aborted) {
      const reason = code === "superseded" ? "superseded" : "discarded";
      const closing = { error: code, now: ctx.now(), payer: bookingActor(ctx.actor), work };
      await closeGeneration(ctx.db, ctx.workspaceId, generationId, reason, closing);
      return finish({ ok: false, reason: code === "taken" ? "handoff" : reason, notice: null }, code);
    }
    if (code === "defect") ctx.log.error({ event: "turn-defect", requestId: ctx.requestId, ...facts, error });
    return finish(await fail(ctx, ref, { claimed, generationId, options }, work, code), code);
  }
}

async function settle(
  ctx: WorkspaceCtx,
  ref: TurnRef,
  { claimed, generationId, options }: Run,
  work: Work,
  answer: TurnAnswer,
): Promise<Settled | undefined> {
  const { messageId: id, text, citations } = answer;
  const leaving = options.leaveAs?.({ text, citations, isNotice: false });
  const message = { id, text, citations, isChannel: claimed.channel === "telegram", leaving };
  const payer = bookingActor(ctx.actor);
  const settlement = { ...ref, generationId, epoch: claimed.epoch, now: ctx.now(), payer, work };
  const event = { type: "message.new", ids: { dialogId: ref.dialogId, messageId: id } } as const;
  const isSummaryDue = needsSummary(claimed.seq + 1, claimed.summaryThroughSeq);
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
}

// The fence refused: what stands in the dialog now says why.
async function discard(ctx: WorkspaceCtx, ref: TurnRef, generationId: string, work: Work): Promise<TurnOutcome> {
  const now = await claimTurn(ctx.db, ctx.workspaceId, ref, null);
  const reason = now?.isOvertaken ? "superseded" : (now && refusalOf(now)) || "discarded";
  const state = reason === "superseded" ? "superseded" : "discarded";
  const closing = { error: "late", now: ctx.now(), payer: bookingActor(ctx.actor), work };
  await closeGeneration(ctx.db, ctx.workspaceId, generationId, state, closing);
  if (now?.answer) return repeatOf(now.answer);
  return { ok: false, reason, notice: null };
}

async function fail(ctx: WorkspaceCtx, ref: TurnRef, run: Run, work: Work, error: string): Promise<TurnOutcome> {
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

function usageOutcome(outcome: TurnOutcome) {
  if (outcome.ok) return "delivered";
  return outcome.reason === "superseded" || outcome.reason === "failed" ? outcome.reason : "discarded";
}

function turnFacts(work: Work, outcome: TurnOutcome) {
  return {
    outcome: outcome.ok ? "delivered" : outcome.reason,
    provider: work.provider,
    model: work.model,
    passages: work.passages.length,
    cited: work.passages.filter(({ cited }) => cited).length,
    promptTokens: work.promptTokens,
    completionTokens: work.completionTokens,
    ...work.timings,
  };
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
