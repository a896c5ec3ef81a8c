import type { StoredCitation, StoredPassage } from "@/db/schema/dialogs";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { ModelPassage } from "@/modules/ai/contract";
import { composePrompt, packHistory, packPassages, PROMPT_VERSION, promptBudget } from "@/modules/ai/prompts/rules";
import { streamAnswer } from "@/modules/ai/server/gateway";
import { createCitationFilter } from "@/modules/chat/citations";
import type { TurnAnswer, TurnOutcome, TurnPart, TurnReason } from "@/modules/chat/contract";
import { noticeFor, spokenLocale } from "@/modules/chat/notices";
import { earlierQuestions, isFollowUp, modelMessages, needsSummary, openQuestion, retrievalQuery } from "@/modules/chat/rules";
import { searchKnowledge } from "@/modules/knowledge/server/retrieval/search";
import type { FoundPassage } from "@/modules/knowledge/contract";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { codeOf, TurnAbort } from "./abort";
import { summarizeDialogJob } from "./jobs";
import { abandonGeneration, type ClaimedTurn, claimTurn, closeGeneration, insertNotice, settleTurn, type Work } from "./repository";

/** The longest a turn may take from the claim to the last token. */
const TURN_MS = 120_000;
/** How long another process's running answer is waited for before it is taken for dead. */
const FOLLOW_MS = 10_000;
const FOLLOW_STEP_MS = 250;

const retrievalQuota = { documents: 5, qa: 3 };
const passageTokens = { telegram: 1_500, widget: 1_200, preview: promptBudget.passages, api: promptBudget.passages } as const;

export type TurnRef = { dialogId: string; messageId: string };

export type TurnOptions = {
  /** Ends the turn; a `TurnAbort` as its reason says what becomes of the words written so far. */
  signal?: AbortSignal;
  /** Hears the answer as it is written. What it hears may still be discarded. */
  onPart?: (part: TurnPart) => void;
  /** Runs inside the settling transaction, for a channel's outbox. A notice of a failed turn comes here too. */
  onSettle?: (ctx: WorkspaceCtx, leaving: { messageId: string; text: string; citations: StoredCitation[]; isNotice: boolean }) => Promise<void>;
  /** Set by a caller that alone serves the dialog: a running generation that it finds belongs to a dead process. */
  isOnlyServer?: boolean;
  /** Whether a failure may still be tried again by the caller; the visitor is told only of the last one. */
  mayRetry?: boolean;
  /** The id that the answer will have; for a stream that has to name it at its start. */
  answerId?: string;
};

/**
 * Makes the one answer to a stored visitor's message: guard, retrieve, compose, generate, fence, settle. However often it
 * is called, also after a crash at any point, there is one answer; a repeat gets the one that is there. An answer that
 * comes too late (newer message, handoff, end) is discarded. A hold on the wallet belongs right after the claim and its
 * capture into the settling transaction. Refuses: NOT_FOUND. Nothing of the provider's own words leaves here.
 */
export async function startTurn(ctx: WorkspaceCtx, ref: TurnRef, options: TurnOptions = {}): Promise<TurnOutcome> {
  const waitUntilMs = Date.now() + FOLLOW_MS;
  for (;;) {
    const generationId = newId();
    const claimed = await claimTurn(ctx.db, ctx.workspaceId, ref, { id: generationId, now: ctx.now() });
    if (!claimed) throw notFound("Message");
    if (claimed.answer) return repeatOf(claimed.answer);
    if (claimed.isStale) continue;
    if (claimed.isClaimed) return runTurn(ctx, ref, { claimed, generationId, options });
    const refused = refusalOf(claimed);
    if (refused) return refuse(claimed, refused);
    if (options.isOnlyServer || Date.now() > waitUntilMs) await abandonGeneration(ctx.db, ctx.workspaceId, ref, ctx.now());
    else await pause(FOLLOW_STEP_MS, options.signal);
  }
}

function refusalOf(claimed: ClaimedTurn): TurnReason | null {
  if (claimed.dialogStatus === "ended") return "ended";
  if (claimed.handoffStatus !== "none") return "handoff";
  if (!claimed.assistant.isActive) return "assistant-off";
  return claimed.isOvertaken ? "superseded" : null;
}

function refuse(claimed: ClaimedTurn, reason: TurnReason): TurnOutcome {
  return { ok: false, reason, notice: noticeFor(reason, localeOf(claimed)) };
}

function repeatOf(answer: NonNullable<ClaimedTurn["answer"]>): TurnOutcome {
  const { id: messageId, ...rest } = answer;
  return { ok: true, isRepeat: true, answer: { ...rest, messageId, isDemoModel: answer.provider === "built-in", timings: null } };
}

const localeOf = ({ assistant, messages, visitorLocale }: ClaimedTurn) =>
  spokenLocale(assistant.language, openQuestion(messages), visitorLocale);

type Run = { claimed: ClaimedTurn; generationId: string; options: TurnOptions };

async function runTurn(ctx: WorkspaceCtx, ref: TurnRef, { claimed, generationId, options }: Run): Promise<TurnOutcome> {
  const startedAtMs = performance.now();
  const work: Work = { ...emptyWork(), timings: { retrievalMs: 0, firstTokenMs: null, totalMs: 0 } };
  const deadline = AbortSignal.timeout(TURN_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const facts = { turn: generationId, dialogId: ref.dialogId, channel: claimed.channel };
  const finish = (outcome: TurnOutcome, error?: string) => {
    ctx.log.info({ event: "turn", requestId: ctx.requestId, workspaceId: ctx.workspaceId, ...facts, ...turnFacts(work, outcome), error });
    return outcome;
  };
  try {
    const passages = await retrieve(ctx, claimed, work, startedAtMs);
    const written = await generate(claimed, { work, passages, signal, startedAtMs, onPart: options.onPart });
    work.timings.totalMs = Math.round(performance.now() - startedAtMs);
    const answer: TurnAnswer = {
      messageId: options.answerId ?? newId(),
      ...written,
      provider: work.provider,
      model: work.model,
      isDemoModel: work.provider === "built-in",
      timings: work.timings,
    };
    if (await settle(ctx, ref, { claimed, generationId, options }, work, answer)) return finish({ ok: true, isRepeat: false, answer });
    return finish(await discard(ctx, ref, generationId, work), "late");
  } catch (error) {
    work.timings.totalMs = Math.round(performance.now() - startedAtMs);
    const code = codeOf(deadline.aborted && !options.signal?.aborted ? deadline.reason : error);
    if (options.signal?.aborted) {
      const reason = code === "superseded" ? "superseded" : "discarded";
      await closeGeneration(ctx.db, generationId, reason, { error: code, now: ctx.now(), work });
      return finish({ ok: false, reason, notice: null }, code);
    }
    if (code === "defect") ctx.log.error({ event: "turn-defect", requestId: ctx.requestId, ...facts, error });
    return finish(await fail(ctx, ref, { claimed, generationId, options }, work, code), code);
  }
}

function emptyWork(): Omit<Work, "timings"> {
  return { provider: "", model: "", query: "", prompt: "", promptVersion: PROMPT_VERSION, passages: [], promptTokens: null, completionTokens: null };
}

async function retrieve(ctx: WorkspaceCtx, claimed: ClaimedTurn, work: Work, startedAtMs: number): Promise<FoundPassage[]> {
  work.query = retrievalQuery(openQuestion(claimed.messages), earlierQuestions(claimed.messages));
  const limit = retrievalQuota.documents + retrievalQuota.qa;
  const found = await searchKnowledge(ctx, { assistantId: claimed.assistantId, query: work.query.slice(0, 1_000), limit, quota: retrievalQuota });
  work.timings.retrievalMs = Math.round(performance.now() - startedAtMs);
  return packPassages(found, passageTokens[claimed.channel]);
}

type Generation = { work: Work; passages: FoundPassage[]; signal: AbortSignal; startedAtMs: number; onPart: TurnOptions["onPart"] };

async function generate(claimed: ClaimedTurn, { work, passages, signal, startedAtMs, onPart }: Generation) {
  const { assistant, messages, summary, channel } = claimed;
  const modelPassages = passages.map(toModelPassage);
  const question = openQuestion(messages);
  work.prompt = composePrompt({
    assistant,
    locale: localeOf(claimed),
    passages: modelPassages,
    summary,
    format: channel === "telegram" ? "telegram" : "markdown",
  });
  work.passages = passages.map((passage, index) => ({ ...toCitation(passage, index + 1), heading: passage.heading, page: passage.page, score: passage.score, cited: false }));
  const filter = createCitationFilter(passages.length, { areShown: assistant.showSources });
  const citations: StoredCitation[] = [];
  let text = "";
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
      question: isFollowUp(question) ? work.query : question,
      passages: modelPassages,
      noAnswer: assistant.noAnswerPolicy,
      signal,
    });
    for await (const part of parts) {
      if (part.type === "model") {
        Object.assign(work, { provider: part.provider, model: part.model });
        work.timings.firstTokenMs = Math.round(performance.now() - startedAtMs);
        onPart?.({ type: "model", provider: part.provider, model: part.model, isDemoModel: part.isDemo });
      } else if (part.type === "text") take(filter.push(part.text));
      else Object.assign(work, part.usage);
    }
  } catch (error) {
    // A person who presses Stop has read what is there; taking it away after a reload would be a lie.
    const keepsWords = error instanceof TurnAbort && error.kind === "stopped" && text.trim() !== "";
    if (!keepsWords) throw error;
  }
  take(filter.flush());
  return { text: text.trim(), citations };
}

async function settle(ctx: WorkspaceCtx, ref: TurnRef, { claimed, generationId, options }: Run, work: Work, answer: TurnAnswer): Promise<boolean> {
  const { messageId: id, text, citations } = answer;
  const message = { id, text, citations, isChannel: claimed.channel === "telegram" };
  const settlement = { ...ref, generationId, epoch: claimed.epoch, now: ctx.now(), work };
  const event = { type: "message.new", ids: { dialogId: ref.dialogId, messageId: id } } as const;
  const isSummaryDue = needsSummary(claimed.seq + 1, claimed.summaryThroughSeq);
  if (!options.onSettle && !isSummaryDue) {
    return (await settleTurn(ctx.db, ctx.workspaceId, settlement, message, { ...event, workspaceId: ctx.workspaceId })) !== undefined;
  }
  return inTransaction(ctx, async (tx) => {
    if ((await settleTurn(tx.db, tx.workspaceId, settlement, message)) === undefined) return false;
    await options.onSettle?.(tx, { messageId: id, text, citations, isNotice: false });
    if (isSummaryDue) {
      await enqueue(tx, summarizeDialogJob, { workspaceId: tx.workspaceId, dialogId: ref.dialogId }, { key: `chat.summarize-dialog:${ref.dialogId}` });
    }
    await publish(tx, event);
    return true;
  });
}

// The fence refused: what stands in the dialog now says why.
async function discard(ctx: WorkspaceCtx, ref: TurnRef, generationId: string, work: Work): Promise<TurnOutcome> {
  const now = await claimTurn(ctx.db, ctx.workspaceId, ref, { id: null, now: ctx.now() });
  if (now?.answer) return repeatOf(now.answer);
  const reason = now?.isOvertaken ? "superseded" : (now && refusalOf(now)) || "discarded";
  await closeGeneration(ctx.db, generationId, reason === "superseded" ? "superseded" : "discarded", { error: "late", now: ctx.now(), work });
  return { ok: false, reason, notice: null };
}

async function fail(ctx: WorkspaceCtx, ref: TurnRef, run: Run, work: Work, error: string): Promise<TurnOutcome> {
  const { claimed, generationId, options } = run;
  const notice = noticeFor("failed", localeOf(claimed)) ?? "";
  await inTransaction(ctx, async (tx) => {
    await closeGeneration(tx.db, generationId, "failed", { error, now: tx.now(), work });
    // In the playground the failed answer itself offers Retry; a customer elsewhere has to be told.
    if (options.mayRetry || claimed.channel === "preview") return;
    const id = newId();
    const isNew = await insertNotice(tx.db, tx.workspaceId, ref.dialogId, {
      id,
      key: `failed:${ref.messageId}`,
      text: notice,
      now: tx.now(),
      isChannel: claimed.channel === "telegram",
    });
    if (!isNew) return;
    await options.onSettle?.(tx, { messageId: id, text: notice, citations: [], isNotice: true });
    await publish(tx, { type: "message.new", ids: { dialogId: ref.dialogId, messageId: id } });
  });
  return { ok: false, reason: "failed", notice };
}

function toModelPassage(passage: FoundPassage): ModelPassage {
  const isQa = passage.qaId !== null;
  // An entry is indexed with its question in front; the answer alone is what may be quoted.
  const text = isQa && passage.text.startsWith(passage.title) ? passage.text.slice(passage.title.length).trim() : passage.text;
  return { title: passage.title, heading: passage.heading, text, isQa, score: passage.score };
}

function toCitation(passage: FoundPassage, n: number): StoredCitation {
  const { documentId, qaId, chunkId, title } = passage;
  return { n, documentId, qaId, chunkId, title, quote: toModelPassage(passage).text };
}

function citationOf({ n, documentId, qaId, chunkId, title, quote }: StoredPassage): StoredCitation {
  return { n, documentId, qaId, chunkId, title, quote };
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

async function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, durationMs));
}
