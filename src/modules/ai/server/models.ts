import { type OfferedModel, QUOTING_MODEL, type ProviderName } from "@/modules/ai/contract";
import { nearest, pickLevels } from "@/modules/ai/models/rules";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { modelErrorOf } from "./errors";
import { openAiClient } from "./openai-client";
import { type ChatModel, type Provider, providers } from "./providers";
import { quotingModel } from "./quoting-model";

const LIST_MS = 10 * 60_000;
const LIST_AFTER_FAILURE_MS = 60_000;

// Offered when a provider's list cannot be read, and for providers whose names are stable.
const KNOWN: Record<Provider["name"], string[]> = {
  openai: ["gpt-5.4-nano", "gpt-5.4", "gpt-5.4-pro"],
  anthropic: ["claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"],
  google: ["gemini-flash-lite-latest", "gemini-3.8-flash", "gemini-pro-latest"],
};

const QUOTING: OfferedModel = { id: QUOTING_MODEL, provider: "built-in", level: null, isDemo: true };

let listed: { models: Promise<OfferedModel[]>; untilMs: number } | undefined;

/** Exactly the models that an assistant may choose; the built-in one when no provider is configured. */
export function listModels(): Promise<OfferedModel[]> {
  if (!listed || Date.now() > listed.untilMs) listed = { models: readModels(), untilMs: Date.now() + LIST_MS };
  return listed.models;
}

/** The model that answers when an owner chose none. */
export async function defaultModel(): Promise<OfferedModel> {
  const models = await listModels();
  const [first] = models;
  return (
    nearest(
      models.filter(({ provider }) => provider === first?.provider),
      "balanced",
    ) ?? QUOTING
  );
}

export type Candidate = { offered: OfferedModel; model: ChatModel };

/** The models that may answer for `id`, in order: the chosen one, then the nearest of every other provider. */
export async function candidatesFor(id: string): Promise<Candidate[]> {
  const models = await listModels();
  const chosen = models.find((model) => model.id === id) ?? (await defaultModel());
  const others = providers()
    .filter(({ name }) => name !== chosen.provider)
    .flatMap(
      ({ name }) =>
        nearest(
          models.filter(({ provider }) => provider === name),
          chosen.level,
        ) ?? [],
    );
  return [chosen, ...others].map((offered) => ({ offered, model: chatModelOf(offered) }));
}

// A provider's model compiles its response schemas when it is made, which costs more than a short answer.
const made = new Map<string, ChatModel>();

function chatModelOf({ id, provider: name }: OfferedModel): ChatModel {
  const key = `${name}:${id}`;
  const model =
    made.get(key) ??
    providers()
      .find((provider) => provider.name === name)
      ?.chatModel(id) ??
    quotingModel;
  made.set(key, model);
  return model;
}

async function readModels(): Promise<OfferedModel[]> {
  const configured = providers();
  const [first] = configured;
  if (!first) return [QUOTING];
  const only = env().AI_MODEL;
  if (only !== undefined)
    return [{ id: only, provider: providerOf(only, configured, first), level: null, isDemo: false }];
  const lists = await Promise.all(
    configured.map(async ({ name }) =>
      (await idsOf(name)).map(({ id, level }) => ({ id, provider: name, level, isDemo: false })),
    ),
  );
  return lists.flat();
}

function providerOf(id: string, configured: Provider[], first: Provider): ProviderName {
  const named = /^claude/i.test(id) ? "anthropic" : /^gemini/i.test(id) ? "google" : "openai";
  return configured.some(({ name }) => name === named) ? named : first.name;
}

async function idsOf(name: Provider["name"]) {
  const client = name === "openai" ? openAiClient() : null;
  if (!client) return pickLevels(KNOWN[name]);
  try {
    const ids: string[] = [];
    for await (const { id } of client.models.list({ timeout: 5_000, maxRetries: 1 })) ids.push(id);
    const picked = pickLevels(ids);
    if (picked.length > 0) return picked;
  } catch (error) {
    logger.warn({ event: "model-list-unavailable", provider: name, error: modelErrorOf(error, name) });
    if (listed) listed.untilMs = Date.now() + LIST_AFTER_FAILURE_MS;
  }
  return pickLevels(KNOWN[name]);
}
