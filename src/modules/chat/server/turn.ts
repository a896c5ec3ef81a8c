import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { recordUsage } from "@/modules/ai/server/pool/usage";
import type { TurnAnswer, TurnOutcome } from "@/modules/chat/contract";
import { bookingActor } from "@/modules/balance/server/charging";
import { announceLeft } from "@/modules/balance/server/notices";
import type { WorkspaceCtx } from "@/server/context";
import { abandonTurn } from "./abandon";
import { codeOf } from "./abort";
import { emptyAnswer, emptyWork, generate, retrieve } from "./answering";
import { discard, fail, passOn, settle, turnAway } from "./ending";
import { handoffNotice, hasGivenUp, hearTakeover, isForPeople } from "./handing-over";
import { refusalOf, refuse, repeatOf, turnFacts, usageOutcome } from "./outcomes";
import { claimTurn } from "./repository";
import { closeGeneration } from "./settling-repository";
import type { Run, TurnOptions, TurnRef } from "./turn-options";
import { whileWatched } from "./watching/service";

/** The longest a turn may take from the claim to the last token. */
const TURN_MS = 120_000;
/** How long another process's running answer is waited for before it is taken for dead. */
const FOLLOW_MS = 10_000;
const FOLLOW_STEP_MS = 250;

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

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
