import type { AnswerPart, AnswerRequest, AnswerUsage } from "@/modules/ai/contract";
import { ModelError, modelErrorOf } from "./errors";
import { type Candidate, candidatesFor } from "./models";
import type { ChatModelOptions, ChatModelPart } from "./providers";
import { QUOTING_OPTIONS } from "./quoting-model";

/** The longest silence of a provider, before the first token and between two. */
const SILENCE_MS = 30_000;
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const JITTER_MS = 200;
const MAX_OUTPUT_TOKENS = 4096;
const TEMPERATURE = 0.2;

/**
 * Streams one answer from the first candidate that answers: `model` once, then text, then `finish` with the reported
 * usage. Another attempt or provider is tried only before the first text. Throws `ModelError`, or the signal's reason.
 */
export async function* streamAnswer(request: AnswerRequest): AsyncGenerator<AnswerPart> {
  const candidates = await candidatesFor(request.model);
  for (const [index, candidate] of candidates.entries()) {
    const isLast = index === candidates.length - 1;
    for (let attempt = 1; ; attempt += 1) {
      const progress = { hasText: false };
      try {
        yield* callOnce(candidate, request, progress);
        return;
      } catch (error) {
        request.signal.throwIfAborted();
        const failure = modelErrorOf(error, candidate.offered.provider);
        if (progress.hasText || failure.kind === "fatal") throw failure;
        // A busy provider is left at once while another one is there, and asked again when it is the only one.
        const mayPass = failure.kind === "retry" || (isLast && failure.code === "429");
        if (!mayPass || attempt >= ATTEMPTS) {
          if (isLast) throw failure;
          break;
        }
        await pause(FIRST_WAIT_MS * 2 ** (attempt - 1) + Math.random() * JITTER_MS, request.signal);
      }
    }
  }
}

async function* callOnce({ model, offered }: Candidate, request: AnswerRequest, progress: { hasText: boolean }) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new ModelError("switch", offered.provider, "timeout")), SILENCE_MS);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  let usage: AnswerUsage | undefined;
  try {
    const { stream } = await model.doStream(callOptions(request, offered.isDemo, signal));
    for await (const part of readParts(stream, signal)) {
      timer.refresh();
      if (part.type === "error") throw part.error;
      if (part.type === "text-delta" && part.delta !== "") {
        if (!progress.hasText)
          yield { type: "model", provider: offered.provider, model: offered.id, isDemo: offered.isDemo } as const;
        progress.hasText = true;
        yield { type: "text", text: part.delta } as const;
      }
      if (part.type !== "finish") continue;
      if (part.finishReason.unified === "error" || part.finishReason.unified === "interrupted")
        throw new ModelError("retry", offered.provider, "broken");
      usage = {
        promptTokens: part.usage.inputTokens.total ?? null,
        completionTokens: part.usage.outputTokens.total ?? null,
      };
    }
    if (!usage) throw new ModelError("retry", offered.provider, "broken");
    if (!progress.hasText) throw new ModelError("retry", offered.provider, "empty");
    yield { type: "finish", usage } as const;
  } catch (error) {
    throw silence.signal.aborted && !request.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
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

function callOptions(request: AnswerRequest, isBuiltIn: boolean, abortSignal: AbortSignal): ChatModelOptions {
  const { system, messages, question, earlier, language, passages, noAnswer } = request;
  return {
    prompt: [
      { role: "system", content: system },
      ...messages.map(({ role, text }) => ({ role, content: [{ type: "text" as const, text }] })),
    ],
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    temperature: TEMPERATURE,
    abortSignal,
    providerOptions: isBuiltIn
      ? { [QUOTING_OPTIONS]: { question, earlier: [...earlier], language, passages, noAnswer } }
      : undefined,
  };
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
