import * as z from "zod";
import { NO_ANSWER_POLICIES } from "@/db/enums";
import { LOCALES } from "@/lib/locales";
import { QUOTING_MODEL } from "@/modules/ai/contract";
import { quote } from "@/modules/ai/quoting/rules";
import type { ChatModel, ChatModelOptions, ChatModelPart } from "./providers";

/** Where the AI SDK carries what a text prompt cannot: the passages themselves. */
export const QUOTING_OPTIONS = "builtIn";

const optionsSchema = z.object({
  question: z.string(),
  earlier: z.array(z.string()),
  language: z.enum(LOCALES),
  noAnswer: z.enum(NO_ANSWER_POLICIES),
  offersPerson: z.boolean(),
  passages: z.array(
    z.object({ title: z.string(), heading: z.string(), text: z.string(), isQa: z.boolean(), score: z.number() }),
  ),
});

/** The model of an installation without any provider: quotes the passages, needs no network, streams by word groups. */
export const quotingModel: ChatModel = {
  specificationVersion: "v4",
  provider: "built-in",
  modelId: QUOTING_MODEL,
  supportedUrls: {},
  doGenerate: async (options) => ({
    content: [{ type: "text", text: answer(options) }],
    finishReason: { unified: "stop", raw: undefined },
    usage: noUsage,
    warnings: [],
  }),
  doStream: async (options) => ({ stream: streamWords(answer(options), options.abortSignal) }),
};

// No tokens are bought, so none are counted.
const noUsage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

function answer(options: ChatModelOptions): string {
  return quote(optionsSchema.parse(options.providerOptions?.[QUOTING_OPTIONS]));
}

function streamWords(text: string, signal: AbortSignal | undefined): ReadableStream<ChatModelPart> {
  const groups = text.match(/(?:\S+\s*){1,3}/gu) ?? [];
  let next = -1;
  return new ReadableStream<ChatModelPart>({
    pull: (controller) => {
      if (signal?.aborted) return controller.error(signal.reason);
      const group = groups[next];
      if (next < 0) controller.enqueue({ type: "text-start", id: "0" });
      else if (group !== undefined) controller.enqueue({ type: "text-delta", id: "0", delta: group });
      else {
        controller.enqueue({ type: "text-end", id: "0" });
        controller.enqueue({ type: "finish", usage: noUsage, finishReason: { unified: "stop", raw: undefined } });
        controller.close();
      }
      next += 1;
    },
  });
}
