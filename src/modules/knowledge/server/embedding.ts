import type { UsageSubject } from "@/modules/ai/contract";
import type { Embedder } from "@/modules/ai/server/embedder";

// Providers take up to 2,048 inputs; this many keep a request under a second and the progress bar moving.
const batchSize = 64;

/** Embeds many texts in batches, in order. Throws what the provider threw, or when it answered with another number of vectors. */
export async function embedAll(
  embedder: Embedder,
  texts: string[],
  signal: AbortSignal,
  report: (done: number, total: number) => Promise<void>,
  subject?: UsageSubject,
): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let offset = 0; offset < texts.length; offset += batchSize) {
    const batch = texts.slice(offset, offset + batchSize);
    const answer = await embedder.embed(batch, signal, subject);
    if (answer.length !== batch.length)
      throw new Error(`The embedding model answered ${answer.length} vectors for ${batch.length} texts.`);
    vectors.push(...answer);
    await report(vectors.length, texts.length);
  }
  return vectors;
}
