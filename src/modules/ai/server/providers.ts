import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ProviderName } from "@/modules/ai/contract";
import { env } from "@/server/env";

/** A model as the AI SDK's providers implement it. */
export type ChatModel = ReturnType<ReturnType<typeof createOpenAI>["chat"]>;
export type ChatModelOptions = Parameters<ChatModel["doStream"]>[0];
export type ChatModelPart =
  Awaited<ReturnType<ChatModel["doStream"]>>["stream"] extends ReadableStream<infer Part> ? Part : never;

export type Provider = { name: Exclude<ProviderName, "built-in">; chatModel: (id: string) => ChatModel };

let configured: Provider[] | undefined;

/** The providers of this installation in the order in which they stand in for each other. */
export function providers(): Provider[] {
  configured ??= [openAi(), anthropic(), google()].filter((provider) => provider !== null);
  return configured;
}

/** Whether the OpenAI-compatible door is open: a key, or a server of one's own that may need none. */
export function hasOpenAi(): boolean {
  const { OPENAI_API_KEY, OPENAI_BASE_URL } = env();
  return OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined;
}

function openAi(): Provider | null {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = env();
  if (!hasOpenAi()) return null;
  if (baseURL === undefined) {
    const official = createOpenAI({ apiKey });
    return { name: "openai", chatModel: (id) => official.chat(id) };
  }
  const compatible = createOpenAICompatible({ name: "openai", baseURL, apiKey, includeUsage: true });
  return { name: "openai", chatModel: (id) => compatible.chatModel(id) };
}

function anthropic(): Provider | null {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = env();
  if (apiKey === undefined) return null;
  const provider = createAnthropic({ apiKey, baseURL });
  return { name: "anthropic", chatModel: (id) => provider.languageModel(id) };
}

function google(): Provider | null {
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GOOGLE_BASE_URL: baseURL } = env();
  if (apiKey === undefined) return null;
  const provider = createGoogle({ apiKey, baseURL });
  return { name: "google", chatModel: (id) => provider.languageModel(id) };
}
