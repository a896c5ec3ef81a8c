import type { TurnOutcome, TurnReason } from "@/modules/chat/contract";
import { localeOf } from "./answering";
import { noticeFor } from "./notices";
import type { ClaimedTurn } from "./repository";
import type { Work } from "./settling-repository";

/** Why a turn that was not claimed gets no answer; null when another one makes it. */
export function refusalOf(claimed: ClaimedTurn): TurnReason | null {
  if (claimed.dialogStatus === "ended") return "ended";
  if (claimed.handoffStatus !== "none") return "handoff";
  if (!claimed.assistant.isActive) return "assistant-off";
  return claimed.isOvertaken ? "superseded" : null;
}

export function refuse(claimed: ClaimedTurn, reason: TurnReason): Extract<TurnOutcome, { ok: false }> {
  return { ok: false, reason, notice: noticeFor(reason, localeOf(claimed), personOf(claimed)) };
}

/** In the playground nobody would come. */
export function personOf({ channel, assistant }: ClaimedTurn) {
  return { offersPerson: channel !== "preview" && assistant.handoffTriggers.includes("words") };
}

export function repeatOf(answer: NonNullable<ClaimedTurn["answer"]>): TurnOutcome {
  const { id: messageId, ...rest } = answer;
  return {
    ok: true,
    isRepeat: true,
    answer: { ...rest, messageId, isDemoModel: answer.provider === "built-in", timings: null },
  };
}

export function usageOutcome(outcome: TurnOutcome) {
  if (outcome.ok) return "delivered";
  return outcome.reason === "superseded" || outcome.reason === "failed" ? outcome.reason : "discarded";
}

/** What the log says of a turn. */
export function turnFacts(work: Work, outcome: TurnOutcome) {
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
