import type { AiProvider } from "@/db/enums";
import { hearingModelIds, pickLevels } from "@/modules/ai/models/rules";
import { env } from "@/server/env";
import { keyedHash } from "@/server/keyed-hash";
import { logger } from "@/server/logger";
import { modelErrorOf } from "../errors";
import { type Connection, connect } from "../providers";
import type { EnvironmentRow } from "./repository";

const LIST_MS = 10 * 60_000;
const LIST_AFTER_FAILURE_MS = 60_000;
const LIST_DEADLINE_MS = 5_000;

// Offered when a provider's list cannot be read, and for providers whose names are stable.
const KNOWN: Record<AiProvider, string[]> = {
  openai: ["gpt-5.4-nano", "gpt-5.4", "gpt-5.4-pro"],
  anthropic: ["claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"],
  google: ["gemini-flash-lite-latest", "gemini-3.8-flash", "gemini-pro-latest"],
};

/** A key that the installation's environment holds. Its secret is never written anywhere. */
export type EnvironmentKey = EnvironmentRow & { connection: Promise<Connection> };

let keys: EnvironmentKey[] | undefined;

/** The keys of this process's environment in the order in which they stand in for each other. */
export function environmentKeys(): EnvironmentKey[] {
  keys ??= [openAi(), anthropic(), google()].filter((key) => key !== null);
  return keys;
}

/**
 * Exactly the models that a key of the environment serves: `AI_MODEL` alone on the provider that its name tells, else
 * one for each level of what the provider lists; and the embedding model. Refreshed while the last list goes on serving.
 */
export async function environmentModels(key: EnvironmentKey): Promise<string[]> {
  const { AI_MODEL, EMBEDDING_MODEL } = env();
  const embedding = key.provider === "openai" && EMBEDDING_MODEL !== undefined ? [EMBEDDING_MODEL] : [];
  if (AI_MODEL !== undefined)
    return [...(providerOf(AI_MODEL) === key.provider ? [AI_MODEL] : []), ...embedding, ...hearing(key)];
  return [...(await listed(key)), ...embedding];
}

function openAi(): EnvironmentKey | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL } = env();
  // A server of one's own may need no key.
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) return null;
  return environmentKey("openai", "OPENAI_API_KEY", OPENAI_API_KEY, OPENAI_BASE_URL);
}

function anthropic(): EnvironmentKey | null {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } = env();
  if (ANTHROPIC_API_KEY === undefined) return null;
  return environmentKey("anthropic", "ANTHROPIC_API_KEY", ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL);
}

function google(): EnvironmentKey | null {
  const { GOOGLE_GENERATIVE_AI_API_KEY, GOOGLE_BASE_URL } = env();
  if (GOOGLE_GENERATIVE_AI_API_KEY === undefined) return null;
  return environmentKey("google", "GOOGLE_GENERATIVE_AI_API_KEY", GOOGLE_GENERATIVE_AI_API_KEY, GOOGLE_BASE_URL);
}

function environmentKey(provider: AiProvider, name: string, secret: string | undefined, url: string | undefined) {
  const baseUrl = url ?? null;
  return {
    provider,
    name,
    baseUrl,
    secretLast4: (secret ?? "").slice(-4),
    fingerprint: keyedHash("ai-key", JSON.stringify([provider, baseUrl, secret ?? ""])),
    connection: connect({ provider, baseUrl, secret: secret ?? null, isTyped: false }),
  };
}

function providerOf(id: string): AiProvider | undefined {
  const named = /^claude/i.test(id) ? "anthropic" : /^gemini/i.test(id) ? "google" : "openai";
  const configured = environmentKeys().map(({ provider }) => provider);
  return configured.includes(named) ? named : configured[0];
}

// Beside a named model, what the server hears with is a courtesy: no answer waits for its list.
function hearing(key: EnvironmentKey): string[] {
  if (key.provider !== "openai") return [];
  const known = lists.get(key.fingerprint);
  if (!known || Date.now() > known.untilMs) {
    const waiting = known ?? { ids: [], untilMs: 0, refresh: undefined };
    lists.set(key.fingerprint, waiting);
    waiting.refresh ??= refresh(key);
  }
  return hearingModelIds(lists.get(key.fingerprint)?.ids ?? []);
}

/** Waits until this process knows what the servers of its environment hear with. Resolves to whether that was news. */
export async function untilHearingIsKnown(): Promise<boolean> {
  const unknown = environmentKeys().filter((key) => key.provider === "openai" && !lists.get(key.fingerprint)?.untilMs);
  for (const key of unknown) {
    hearing(key);
    await lists.get(key.fingerprint)?.refresh;
  }
  return unknown.length > 0;
}

type Listed = { ids: string[]; untilMs: number; refresh: Promise<void> | undefined };
const lists = new Map<string, Listed>();

async function listed(key: EnvironmentKey): Promise<string[]> {
  const known = lists.get(key.fingerprint);
  if (!known) {
    await refresh(key);
  } else if (Date.now() > known.untilMs) {
    known.refresh ??= refresh(key);
  }
  return lists.get(key.fingerprint)?.ids ?? [];
}

async function refresh(key: EnvironmentKey): Promise<void> {
  const { ids, isComplete } = await readList(key);
  const untilMs = Date.now() + (isComplete ? LIST_MS : LIST_AFTER_FAILURE_MS);
  const before = lists.get(key.fingerprint)?.ids;
  lists.set(key.fingerprint, { ids: isComplete ? ids : (before ?? ids), untilMs, refresh: undefined });
}

async function readList({ provider, connection }: EnvironmentKey) {
  const { openAi: client } = await connection;
  const known = pickLevels(KNOWN[provider]).map(({ id }) => id);
  if (!client) return { ids: known, isComplete: true };
  try {
    const ids: string[] = [];
    for await (const { id } of client.models.list({ timeout: LIST_DEADLINE_MS, maxRetries: 1 })) ids.push(id);
    const picked = pickLevels(ids).map(({ id }) => id);
    if (picked.length > 0) return { ids: [...picked, ...hearingModelIds(ids)], isComplete: true };
  } catch (error) {
    logger.warn({ event: "model-list-unavailable", provider, error: modelErrorOf(error, provider) });
  }
  return { ids: known, isComplete: false };
}
