import * as z from "zod";
import type { AnswerPart, AnswerRequest, AnswerUsage, OfferedModel } from "@/modules/ai/contract";
import { costMicros, standIns } from "@/modules/ai/pool/rules";
import { ModelError } from "./errors";
import { wantedModel } from "./models";
import { askPool } from "./pool/failover";
import type { ChatModel, ChatModelOptions, ChatModelPart } from "./providers";
import { QUOTING_OPTIONS, quotingModel } from "./quoting-model";

const SILENCE_MS = 30_000;
const MAX_OUTPUT_TOKENS = 4096;
const TEMPERATURE = 0.2;

/** The tool with which a model calls a person of the team. */
const PERSON_TOOL = {
  type: "function" as const,
  name: "request_operator",
  description: "Calls a person of the team into this dialog. Your own answer is dropped then, and the person goes on.",
  inputSchema: {
    type: "object" as const,
    properties: { reason: { type: "string" as const, description: "Why a person is needed, in one short sentence." } },
    required: ["reason"],
    additionalProperties: false,
  },
};
const REASON_CHARS = 300;
const reasonInput = z.object({ reason: z.string() });

/**
 * Streams one answer from the first key of the pool that answers: `call` for each provider that is asked, `model` once,
 * then text, then `finish` with the reported usage. Another key, model or provider is tried only before the first text.
 * The last `call` is the one that answered: record it with what became of the answer. Throws `ModelError`, or the
 * signal's reason.
 */
export async function* streamAnswer(request: AnswerRequest): AsyncGenerator<AnswerPart> {
  const { wanted, offered } = await wantedModel(request.model);
  if (wanted.provider === "built-in") {
    yield* readAnswer(quotingModel, wanted, request);
    return;
  }
  const models = standIns(offered, wanted);
  let hasBegun = false;
  try {
    for await (const part of askModels(models, request)) {
      hasBegun ||= part.type !== "call";
      yield part;
    }
  } catch (error) {
    // Some servers of one's own refuse every request with a tool; the visitor still gets an answer.
    const isRefused = error instanceof ModelError && error.code === "400" && request.mayCallPerson && !hasBegun;
    if (!isRefused) throw error;
    yield* askModels(models, { ...request, mayCallPerson: false });
  }
}

function askModels(models: OfferedModel[], request: AnswerRequest): AsyncGenerator<AnswerPart> {
  const { subject, signal } = request;
  return askPool(
    { models, purpose: request.purpose ?? "answer", subject, signal },
    ({ connection, model, prices, call }) =>
      readAnswer(connection.chatModel(model.id), model, request, (usage) => {
        const durationMs = Date.now() - call.startedAt.getTime();
        Object.assign(call, usage, { costMicros: costMicros(prices[model.id], usage), durationMs });
      }),
  );
}

async function* readAnswer(
  model: ChatModel,
  offered: OfferedModel,
  request: Pick<AnswerRequest, "signal" | "silenceMs"> & Prompted,
  onUsage?: (usage: AnswerUsage) => void,
): AsyncGenerator<AnswerPart> {
  const silence = new AbortController();
  const timeout = new ModelError("retry", offered.provider, "timeout");
  const timer = setTimeout(() => silence.abort(timeout), request.silenceMs ?? SILENCE_MS);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  let usage: AnswerUsage | undefined;
  let hasBegun = false;
  try {
    const { stream } = await model.doStream(callOptions(request, offered.isDemo, signal));
    for await (const part of readParts(stream, signal)) {
      timer.refresh();
      if (part.type === "error") throw part.error;
      const spoken = spokenPart(part);
      if (spoken) {
        if (!hasBegun)
          yield { type: "model", provider: offered.provider, model: offered.id, isDemo: offered.isDemo } as const;
        hasBegun = true;
        yield spoken;
      }
      if (part.type !== "finish") continue;
      if (part.finishReason.unified === "error" || part.finishReason.unified === "interrupted")
        throw new ModelError("retry", offered.provider, "broken");
      usage = {
        promptTokens: part.usage.inputTokens.total ?? null,
        completionTokens: part.usage.outputTokens.total ?? null,
      };
    }
    if (usage) onUsage?.(usage);
    if (!usage) throw new ModelError("retry", offered.provider, "broken");
    if (!hasBegun) throw new ModelError("retry", offered.provider, "empty");
    yield { type: "finish", usage } as const;
  } catch (error) {
    throw silence.signal.aborted && !request.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function spokenPart(part: ChatModelPart): Extract<AnswerPart, { type: "text" | "person" }> | null {
  if (part.type === "text-delta" && part.delta !== "") return { type: "text", text: part.delta };
  if (part.type === "tool-call" && part.toolName === PERSON_TOOL.name)
    return { type: "person", reason: reasonOf(part.input) };
  return null;
}

// A model may write anything there; what it cannot say is no reason to leave the visitor alone.
function reasonOf(input: string): string {
  try {
    const { reason } = reasonInput.parse(JSON.parse(input));
    return reason.trim().slice(0, REASON_CHARS);
  } catch {
    return "";
  }
}

// A provider that ignores the signal must not hold the turn: the wait itself ends with it.
async function* readParts(stream: ReadableStream<ChatModelPart>, signal: AbortSignal): AsyncGenerator<ChatModelPart> {
  const reader = stream.getReader();
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) return;
      yield value;
    }
  } finally {
    // Ends the HTTP call also when the consumer stopped reading.
    void reader.cancel().catch(() => undefined);
  }
}

type Prompted = Omit<AnswerRequest, "model" | "signal" | "silenceMs" | "subject">;

function callOptions(request: Prompted, isBuiltIn: boolean, abortSignal: AbortSignal): ChatModelOptions {
  const { system, messages, question, earlier, language, passages, noAnswer, offersPerson, mayCallPerson } = request;
  return {
    prompt: [
      { role: "system", content: system },
      ...messages.map(({ role, text }) => ({ role, content: [{ type: "text" as const, text }] })),
    ],
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    temperature: TEMPERATURE,
    tools: mayCallPerson && !isBuiltIn ? [PERSON_TOOL] : undefined,
    abortSignal,
    providerOptions: isBuiltIn
      ? { [QUOTING_OPTIONS]: { question, earlier: [...earlier], language, passages, noAnswer, offersPerson } }
      : undefined,
  };
}
