import { earlierQuestions, openQuestion } from "@/modules/chat/rules";
import { previewNotice } from "@/modules/handoff/server/notices";
import { reachOf } from "@/modules/handoff/server/hours/service";
import { handOffAnswer, handOffIfAsked } from "@/modules/handoff/server/triggers";
import type { WorkspaceCtx } from "@/server/context";
import { hearWorkspace } from "@/server/realtime/listener";
import { TurnAbort } from "./abort";
import { localeOf } from "./answering";
import type { ClaimedTurn } from "./repository";

const SILENCING = new Set(["handoff.requested", "handoff.started", "handoff.closed"]);

/** Ends a running turn as soon as people get its dialog, whichever process lets them. The fence decides, this saves the money. */
export async function hearTakeover(ctx: WorkspaceCtx, dialogId: string) {
  const controller = new AbortController();
  const stopHearing = await hearWorkspace(ctx.workspaceId, {
    onEvent: ({ type, ids }) => {
      if (ids.dialogId === dialogId && SILENCING.has(type)) controller.abort(new TurnAbort("taken"));
    },
    onGap: () => undefined,
  });
  return { signal: controller.signal, stopHearing };
}

type Ref = { dialogId: string };

/** Whether the question is one for people, and was passed on to them. */
export async function isForPeople(ctx: WorkspaceCtx, { dialogId }: Ref, claimed: ClaimedTurn): Promise<boolean> {
  const { messages, assistant } = claimed;
  return handOffIfAsked(ctx, {
    dialogId,
    triggers: assistant.handoffTriggers,
    question: openQuestion(messages),
    earlierQuestions: earlierQuestions(messages),
    earlierAnswers: messages.filter(({ author }) => author === "assistant").map(({ text }) => text),
    isContactAsked: claimed.isContactAsked,
  });
}

type Written = { text: string; citations: readonly unknown[]; callsPerson: string | null };

/** Whether the answer gives up or calls a person, and the dialog was passed on instead of delivering it. */
export async function hasGivenUp(
  ctx: WorkspaceCtx,
  { dialogId }: Ref,
  { assistant, messages, epoch }: ClaimedTurn,
  { text, citations, callsPerson }: Written,
): Promise<boolean> {
  return handOffAnswer(ctx, {
    dialogId,
    epoch,
    triggers: assistant.handoffTriggers,
    question: openQuestion(messages),
    answer: text,
    isCited: citations.length > 0,
    callsPerson,
    saysWords: assistant.saysHandoffWords,
  });
}

/** In the playground nobody comes: whoever tries the assistant out reads what would happen. Elsewhere the dialog says it. */
export async function handoffNotice(ctx: WorkspaceCtx, claimed: ClaimedTurn): Promise<string | null> {
  return claimed.channel === "preview" ? previewNotice(localeOf(claimed), await reachOf(ctx), ctx.now()) : null;
}
