import type { StoredCitation } from "@/db/schema/dialogs";
import type { StoredPassage } from "@/db/schema/generations";
import type { Locale } from "@/lib/locales";
import { isVisible, storable } from "@/lib/text";
import type { ModelPassage, UsageSubject } from "@/modules/ai/contract";
import { composePrompt, packHistory, packPassages, PROMPT_VERSION, promptBudget } from "@/modules/ai/prompts/rules";
import { ModelError } from "@/modules/ai/server/errors";
import { streamAnswer } from "@/modules/ai/server/service";
import { createCitationFilter } from "@/modules/chat/citations/rules";
import type { TurnPart } from "@/modules/chat/contract";
import { earlierQuestions, isFollowUp, modelMessages, openQuestion, retrievalQuery } from "@/modules/chat/rules";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import type { FoundPassage } from "@/modules/knowledge/contract";
import { searchKnowledge } from "@/modules/knowledge/server/retrieval/search";
import type { WorkspaceCtx } from "@/server/context";
import { TurnAbort } from "./abort";
import type { ClaimedTurn } from "./repository";
import type { Work } from "./settling-repository";

const retrievalQuota = { documents: 5, qa: 3 };
const passageTokens = {
  telegram: 1_500,
  widget: 1_200,
  preview: promptBudget.passages,
  api: promptBudget.passages,
} as const;

/** A record of an answer that is yet to be made. */
export function emptyWork(): Work {
  return {
    call: null,
    provider: "",
    model: "",
    query: "",
    prompt: "",
    promptVersion: PROMPT_VERSION,
    passages: [],
    promptTokens: null,
    completionTokens: null,
    timings: { retrievalMs: 0, firstTokenMs: null, totalMs: 0 },
  };
}

/** The language of the dialog as far as it can be told. */
export function localeOf({
  assistant,
  messages,
  visitorLocale,
}: Pick<ClaimedTurn, "messages" | "visitorLocale"> & {
  assistant: Pick<ClaimedTurn["assistant"], "language">;
}): Locale {
  return spokenLocale(assistant.language, openQuestion(messages), visitorLocale);
}

/** Finds what the answer may rely on and packs it into the channel's budget; notes query and time in `work`. */
export async function retrieve(
  ctx: WorkspaceCtx,
  claimed: Pick<ClaimedTurn, "assistantId" | "channel" | "messages">,
  work: Pick<Work, "query" | "timings">,
  startedAtMs: number,
): Promise<FoundPassage[]> {
  work.query = retrievalQuery(openQuestion(claimed.messages), earlierQuestions(claimed.messages));
  const limit = retrievalQuota.documents + retrievalQuota.qa;
  const found = await searchKnowledge(ctx, {
    assistantId: claimed.assistantId,
    query: work.query.slice(0, 1_000),
    limit,
    quota: retrievalQuota,
  });
  work.timings.retrievalMs = Math.round(performance.now() - startedAtMs);
  return packPassages(found, passageTokens[claimed.channel]);
}

type Generation = {
  work: Work;
  passages: FoundPassage[];
  signal: AbortSignal;
  startedAtMs: number;
  onPart: ((part: TurnPart) => void) | undefined;
  /** Whom the calls of providers are counted for. */
  subject: UsageSubject;
};

/**
 * Composes the prompt and streams the answer; citations of nothing are removed on the way. Fills `work` as it goes.
 * `callsPerson` is the model's reason for wanting a person to answer; only then may the text be empty.
 */
export async function generate(claimed: ClaimedTurn, generation: Generation) {
  const { work, passages, signal, startedAtMs, onPart } = generation;
  const { assistant, messages, summary, channel } = claimed;
  const modelPassages = passages.map(toModelPassage);
  const question = openQuestion(messages);
  const offersPerson = assistant.handoffTriggers.includes("words");
  const mayCallPerson = assistant.handoffTriggers.includes("model");
  work.prompt = composePrompt({
    assistant: { ...assistant, offersPerson, mayCallPerson },
    locale: localeOf(claimed),
    passages: modelPassages,
    summary,
    closedTalk: claimed.closedTalk,
    format: channel === "telegram" ? "telegram" : "markdown",
  });
  work.passages = passages.map((passage, index) => ({
    ...toCitation(passage, index + 1),
    heading: passage.heading,
    page: passage.page,
    score: passage.score,
    cited: false,
  }));
  const filter = createCitationFilter(passages.length, { areShown: assistant.showSources });
  const citations: StoredCitation[] = [];
  let text = "";
  let callsPerson: string | null = null;
  const take = (checked: { text: string; cited: number[] }) => {
    text += checked.text;
    if (checked.text !== "") onPart?.({ type: "text", text: checked.text });
    for (const n of checked.cited) {
      const passage = work.passages[n - 1];
      if (!passage) continue;
      passage.cited = true;
      if (!assistant.showSources) continue;
      const citation = citationOf(passage);
      citations.push(citation);
      onPart?.({ type: "citation", citation });
    }
  };
  try {
    const parts = streamAnswer({
      model: assistant.model,
      system: work.prompt,
      messages: packHistory(modelMessages(messages), promptBudget.history),
      question,
      earlier: isFollowUp(question) ? earlierQuestions(messages).slice(-5).reverse() : [],
      language: localeOf(claimed),
      passages: modelPassages,
      noAnswer: assistant.noAnswerPolicy,
      offersPerson,
      mayCallPerson,
      subject: generation.subject,
      signal,
    });
    for await (const part of parts) {
      if (part.type === "model") {
        Object.assign(work, { provider: part.provider, model: part.model });
        work.timings.firstTokenMs = Math.round(performance.now() - startedAtMs);
        onPart?.({ type: "model", provider: part.provider, model: part.model, isDemoModel: part.isDemo });
      } else if (part.type === "text") take(filter.push(part.text));
      else if (part.type === "person") callsPerson = part.reason;
      else if (part.type === "call") work.call = part.call;
      else Object.assign(work, part.usage);
    }
  } catch (error) {
    // A person who presses Stop has read what is there; taking it away after a reload would be a lie.
    const keepsWords = error instanceof TurnAbort && error.kind === "stopped" && text.trim() !== "";
    if (!keepsWords) throw error;
  }
  take(filter.flush());
  // What shows nothing, and a citation of nothing, is no answer, and nobody pays for it.
  const words = isVisible(text) ? storable(text).trim() : "";
  if (words === "" && callsPerson === null) throw emptyAnswer(work);
  return { text: words, citations, callsPerson };
}

/** What an answer without a word is. */
export function emptyAnswer(work: Pick<Work, "call">): ModelError {
  return new ModelError("retry", work.call?.provider ?? "built-in", "empty");
}

/** A found passage as the model reads it. */
export function toModelPassage(passage: FoundPassage): ModelPassage {
  const isQa = passage.qaId !== null;
  // An entry is indexed with its question in front; the answer alone is what may be quoted.
  const text =
    isQa && passage.text.startsWith(passage.title) ? passage.text.slice(passage.title.length).trim() : passage.text;
  return { title: passage.title, heading: passage.heading, text, isQa, score: passage.score };
}

/** A found passage as the source of number `n`. */
export function toCitation(passage: FoundPassage, n: number): StoredCitation {
  const { documentId, qaId, chunkId, title } = passage;
  return { n, documentId, qaId, chunkId, title, quote: toModelPassage(passage).text };
}

function citationOf({ n, documentId, qaId, chunkId, title, quote }: StoredPassage): StoredCitation {
  return { n, documentId, qaId, chunkId, title, quote };
}
