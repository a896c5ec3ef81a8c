import { env } from "@/server/env";
import { modelErrorOf } from "./errors";
import { openAiClient } from "./openai-client";

const BATCH = 96;

export type Embedder = {
  model: string;
  /** One vector for each text, in order. Throws `ModelError`. */
  embed: (texts: string[], signal?: AbortSignal) => Promise<number[][]>;
};

/** The configured embedding model, or null: retrieval is lexical then. */
export function embedder(): Embedder | null {
  const model = env().EMBEDDING_MODEL;
  const client = openAiClient();
  if (model === undefined || client === null) return null;
  const embedBatch = async (input: string[], signal?: AbortSignal) => {
    const { data } = await client.embeddings.create({ model, input, encoding_format: "float" }, { signal });
    return [...data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  };
  return {
    model,
    embed: async (texts, signal) => {
      const vectors: number[][] = [];
      try {
        for (let at = 0; at < texts.length; at += BATCH)
          vectors.push(...(await embedBatch(texts.slice(at, at + BATCH), signal)));
      } catch (error) {
        throw modelErrorOf(error, "openai");
      }
      return vectors;
    },
  };
}
