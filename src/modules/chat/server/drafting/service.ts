import type { Locale } from "@/lib/locales";
import { notFound } from "@/lib/errors";
import { composePrompt, packHistory, promptBudget } from "@/modules/ai/prompts/rules";
import { defaultModel } from "@/modules/ai/server/models";
import { recordUsage } from "@/modules/ai/server/pool/usage";
import { streamAnswer } from "@/modules/ai/server/service";
import type { AnswerPart, AnswerRequest, ProviderCall } from "@/modules/ai/contract";
import { createCitationFilter } from "@/modules/chat/citations/rules";
import type { DraftInput, DraftPart } from "@/modules/chat/drafting/contract";
import { draftInstructions, draftMessages, questionOf, shortened } from "@/modules/chat/drafting/rules";
import { earlierQuestions, isFollowUp, openQuestion } from "@/modules/chat/rules";
import type { FoundPassage } from "@/modules/knowledge/contract";
import type { MemberCtx } from "@/server/context";
import { emptyWork, localeOf, retrieve, toCitation, toModelPassage } from "../answering";
import { readTalk } from "./repository";
import { hearReplies } from "./staleness";

const DRAFT_MS = 60_000;

type Talk = NonNullable<Awaited<ReturnType<typeof readTalk>>>;

/**
 * Writes what a person of the team could answer, in the assistant's voice, from its knowledge and the talk. It is shown to
 * that person alone and never sent by itself. It costs the tenant nothing, because the specification prices answers and no
 * drafts; what the provider takes is kept as usage. Ends with `stale` when anybody replies meanwhile. Refuses: NOT_FOUND.
 */
export async function startDraft(
  ctx: MemberCtx,
  input: DraftInput,
  signal: AbortSignal,
): Promise<AsyncGenerator<DraftPart>> {
  const talk = await readTalk(ctx.db, ctx.workspaceId, input.dialogId);
  if (!talk) throw notFound("Dialog");
  return writeDraft(ctx, input, talk, signal);
}

async function* writeDraft(
  ctx: MemberCtx,
  input: DraftInput,
  talk: Talk,
  leaving: AbortSignal,
): AsyncGenerator<DraftPart> {
  const replies = await hearReplies(ctx, input.dialogId);
  const deadline = AbortSignal.timeout(DRAFT_MS);
  const signal = AbortSignal.any([leaving, replies.signal, deadline]);
  let call: ProviderCall | null = null;
  let outcome: "delivered" | "discarded" | "failed" = "discarded";
  try {
    const passages = await findPassages(ctx, talk);
    const request = requestOf(talk, input, passages, signal);
    const subject = { workspaceId: ctx.workspaceId, assistantId: talk.assistantId, dialogId: input.dialogId };
    const told = tell(
      streamAnswer({ ...request, subject, purpose: "draft" }),
      passages,
      input,
      (asked) => (call = asked),
    );
    yield* told;
    outcome = "delivered";
    yield { type: "done" };
  } catch (error) {
    if (replies.signal.aborted) return yield { type: "stale" };
    if (leaving.aborted) return;
    outcome = "failed";
    ctx.log.warn({ event: "draft-failed", requestId: ctx.requestId, dialogId: input.dialogId, error });
    yield { type: "failed" };
  } finally {
    replies.stopHearing();
    void recordUsage(call, {
      workspaceId: ctx.workspaceId,
      assistantId: talk.assistantId,
      dialogId: input.dialogId,
      purpose: "draft",
      outcome,
    });
  }
}

async function findPassages(ctx: MemberCtx, talk: Talk): Promise<FoundPassage[]> {
  const question = questionOf(talk.messages);
  if (question === "") return [];
  // After a reply nothing is open any more: what the visitor said last is asked again.
  const again = { seq: 0, author: "visitor" as const, text: question };
  const messages = openQuestion(talk.messages) === "" ? [...talk.messages, again] : talk.messages;
  return retrieve(ctx, { ...talk, messages }, emptyWork(), performance.now());
}

function requestOf(talk: Talk, input: DraftInput, passages: FoundPassage[], signal: AbortSignal): AnswerRequest {
  const { assistant, messages } = talk;
  const locale: Locale = localeOf(talk);
  const modelPassages = passages.map(toModelPassage);
  const question = questionOf(messages);
  const prompt = composePrompt({
    assistant: { ...assistant, offersPerson: false },
    locale,
    passages: modelPassages,
    summary: talk.summary,
    closedTalk: talk.closedTalk,
    format: talk.channel === "telegram" ? "telegram" : "markdown",
  });
  return {
    model: assistant.model,
    system: `${prompt}\n\n${draftInstructions(locale, input)}`,
    messages: packHistory(draftMessages(locale, messages), promptBudget.history),
    question,
    earlier: isFollowUp(question) ? earlierQuestions(messages).slice(-5).reverse() : [],
    language: locale,
    passages: modelPassages,
    noAnswer: assistant.noAnswerPolicy,
    offersPerson: false,
    signal,
  };
}

// Marks of sources have no meaning in a person's own message: they go, and the sources are told beside the words.
async function* tell(
  parts: AsyncGenerator<AnswerPart>,
  passages: FoundPassage[],
  { wish, earlier }: DraftInput,
  onCall: (call: ProviderCall) => void,
): AsyncGenerator<DraftPart> {
  const filter = createCitationFilter(passages.length, { areShown: false });
  let isRetold = false;
  for await (const part of parts) {
    if (part.type === "call") onCall(part.call);
    if (part.type === "model") {
      yield { type: "model", isDemo: part.isDemo };
      // The built-in model quotes and cannot retell: what it said becomes shorter by sentences.
      isRetold = part.isDemo && wish === "shorter" && earlier.trim() !== "";
      if (isRetold) yield { type: "text", text: shortened(earlier) };
    }
    if (part.type === "text") yield* checked(filter.push(part.text), passages, isRetold);
  }
  yield* checked(filter.flush(), passages, isRetold);
}

function* checked(
  { text, cited }: { text: string; cited: number[] },
  passages: FoundPassage[],
  isRetold: boolean,
): Generator<DraftPart> {
  if (text !== "" && !isRetold) yield { type: "text", text };
  for (const n of cited) {
    const passage = passages[n - 1];
    if (passage) yield { type: "source", source: toCitation(passage, n) };
  }
}

/** Whether a model is configured that can put words into another language. */
export async function canTranslate(): Promise<{ canTranslate: boolean }> {
  return { canTranslate: !(await defaultModel()).isDemo };
}
