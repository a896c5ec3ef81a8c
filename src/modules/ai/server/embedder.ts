import type OpenAI from "openai";
import type { OfferedModel, UsageSubject } from "@/modules/ai/contract";
import { costMicros } from "@/modules/ai/pool/rules";
import { env } from "@/server/env";
import { ModelError } from "./errors";
import { askPool, type Door } from "./pool/failover";
import { poolMembers } from "./pool/members";
import { recordUsage } from "./pool/usage";

const BATCH = 96;

export type Embedder = {
  model: string;
  /** One vector for each text, in order; counted for `subject`. Throws `ModelError`, or the signal's reason. */
  embed: (texts: string[], signal?: AbortSignal, subject?: UsageSubject) => Promise<number[][]>;
};

/** The configured embedding model, or null while no active key lists it: retrieval is lexical then. */
export async function embedder(): Promise<Embedder | null> {
  const model = env().EMBEDDING_MODEL;
  if (model === undefined) return null;
  const isListed = (await poolMembers()).some(
    ({ isActive, provider, models }) => isActive && provider === "openai" && models.includes(model),
  );
  if (!isListed) return null;
  const offered: OfferedModel = { id: model, provider: "openai", level: null, isDemo: false };
  return {
    model,
    embed: async (texts, signal = new AbortController().signal, subject = undefined) => {
      const vectors: number[][] = [];
      for (let at = 0; at < texts.length; at += BATCH)
        vectors.push(...(await embedBatch(offered, texts.slice(at, at + BATCH), signal, subject)));
      return vectors;
    },
  };
}

async function embedBatch(
  model: OfferedModel,
  texts: string[],
  signal: AbortSignal,
  subject: UsageSubject | undefined,
): Promise<number[][]> {
  const request = { models: [model], purpose: "embedding" as const, subject, signal };
  let vectors: number[][] = [];
  for await (const part of askPool(request, (door) => askForVectors(door, texts, signal))) {
    if ("call" in part) continue;
    vectors = part.vectors;
    await recordUsage(part.answered, {
      ...(subject ?? { workspaceId: null }),
      purpose: "embedding",
      outcome: "delivered",
    });
  }
  return vectors;
}

async function* askForVectors({ connection, model, prices, call }: Door, input: string[], signal: AbortSignal) {
  const client: OpenAI | null = connection.openAi;
  if (!client) throw new ModelError("switch", model.provider, "404");
  const answer = await client.embeddings.create({ model: model.id, input, encoding_format: "float" }, { signal });
  const usage = { promptTokens: answer.usage?.prompt_tokens ?? null, completionTokens: null };
  const durationMs = Date.now() - call.startedAt.getTime();
  Object.assign(call, usage, { costMicros: costMicros(prices[model.id], usage), durationMs });
  const vectors = [...answer.data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  yield { vectors, answered: call };
}
