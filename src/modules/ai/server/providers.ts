import type { createOpenAI } from "@ai-sdk/openai";
import type OpenAI from "openai";
import type { AiProvider } from "@/db/enums";
import { env } from "@/server/env";
import { AddressRefused, assertPublicUrl, publicFetch } from "@/server/http-guard";

/** A model as the AI SDK's providers implement it. */
export type ChatModel = ReturnType<ReturnType<typeof createOpenAI>["chat"]>;
export type ChatModelOptions = Parameters<ChatModel["doStream"]>[0];
export type ChatModelPart =
  Awaited<ReturnType<ChatModel["doStream"]>>["stream"] extends ReadableStream<infer Part> ? Part : never;

export type Access = {
  provider: AiProvider;
  baseUrl: string | null;
  /** Null for a server of one's own that needs none. */
  secret: string | null;
  /** Typed by a person: its address has to be a public one. */
  isTyped: boolean;
};

/** The open door to a provider with one key. */
export type Connection = {
  chatModel: (id: string) => ChatModel;
  /** OpenAI's own client, for lists and embeddings; null for other providers. */
  openAi: OpenAI | null;
};

/** Opens a provider's door with a key; nothing is called yet. Its library is loaded for the first one that needs it. */
export async function connect(access: Access): Promise<Connection> {
  const make = await chatModels(access);
  // A provider's model compiles its response schemas when it is made, which costs more than a short answer.
  const made = new Map<string, ChatModel>();
  return {
    chatModel: (id) => {
      const model = made.get(id) ?? make(id);
      made.set(id, model);
      return model;
    },
    openAi: access.provider === "openai" ? await openAiClient(access) : null,
  };
}

/** Whether keys of the panel may name this address: a public one, or one that the installation's operator vouches for. */
export function mayName(baseUrl: string): boolean {
  const url = new URL(baseUrl);
  if (isVouchedFor(url)) return true;
  try {
    assertPublicUrl(url);
    return true;
  } catch (error) {
    if (error instanceof AddressRefused) return false;
    throw error;
  }
}

async function chatModels(access: Access): Promise<(id: string) => ChatModel> {
  const { provider, baseUrl, secret } = access;
  const options = { apiKey: secret ?? undefined, baseURL: baseUrl ?? undefined, fetch: fetchOf(access) };
  if (provider === "anthropic") return (await import("@ai-sdk/anthropic")).createAnthropic(options);
  if (provider === "google") return (await import("@ai-sdk/google")).createGoogle(options);
  if (baseUrl === null) return (await import("@ai-sdk/openai")).createOpenAI(options).chat;
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  return createOpenAICompatible({ ...options, name: "openai", baseURL: baseUrl, includeUsage: true }).chatModel;
}

async function openAiClient(access: Access): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    // A local server may need no key, but the client insists on one.
    apiKey: access.secret ?? "not-needed",
    baseURL: access.baseUrl,
    fetch: fetchOf(access),
    timeout: 30_000,
    // The pool repeats and switches by its own rules.
    maxRetries: 0,
    logLevel: "off",
  });
}

function fetchOf({ baseUrl, isTyped }: Access): typeof fetch | undefined {
  return isTyped && baseUrl !== null && !isVouchedFor(new URL(baseUrl)) ? publicFetch : undefined;
}

function isVouchedFor({ host, hostname }: URL): boolean {
  const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL, GOOGLE_BASE_URL, AI_PRIVATE_HOSTS } = env();
  const own = [OPENAI_BASE_URL, ANTHROPIC_BASE_URL, GOOGLE_BASE_URL].flatMap((url) => (url ? [new URL(url).host] : []));
  const named = (AI_PRIVATE_HOSTS ?? "").split(",").map((name) => name.trim().toLowerCase());
  return own.includes(host) || named.includes(host) || named.includes(hostname);
}
