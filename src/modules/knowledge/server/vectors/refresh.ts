import type { Embedder } from "@/modules/ai/server/embedder";
import { inTransaction } from "@/server/transaction";
import type { JobCtx } from "@/server/jobs/define";
import { embedAll } from "../embedding";
import { raiseKnowledgeVersion } from "../indexing/repository";
import {
  ensureVectorIndex,
  listWithoutVector,
  type PassageToEmbed,
  readDimensions,
  readExtensionVersion,
  writeVectors,
} from "./repository";
import { mayIndex } from "./rules";

/** A page is embedded, stored and then forgotten: what a crash interrupts is found again by its missing vectors. */
const pageSize = 256;
export const firstPassage = "00000000-0000-0000-0000-000000000000";

/**
 * Gives passages without a vector of this model one, in the order of their ids, until `untilMs` of the process clock.
 * Resolves to the last id that was looked at, or null when all have one. Throws what the provider threw.
 */
export async function embedMissing(
  ctx: JobCtx,
  embedder: Embedder,
  from: { after: string; sourceId?: string },
  untilMs: number,
): Promise<string | null> {
  let { after } = from;
  let embedded = 0;
  while (performance.now() < untilMs) {
    const page = await listWithoutVector(ctx.db, embedder.model, { ...from, after, limit: pageSize });
    for (const passages of Map.groupBy(page, ({ assistantId }) => assistantId).values())
      await embedPassages(ctx, embedder, passages);
    embedded += page.length;
    ctx.note({ embedded, model: embedder.model });
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return null;
    after = last.id;
  }
  return after;
}

/** Where pgvector is installed, vectors of this model's length get their index. */
export async function prepareVectorIndex(ctx: JobCtx, model: string): Promise<void> {
  const version = await readExtensionVersion(ctx.db);
  const dimensions = version === null ? null : await readDimensions(ctx.db, model);
  if (dimensions === null || !mayIndex(version, dimensions)) return;
  await ensureVectorIndex(ctx.db, dimensions);
}

async function embedPassages(ctx: JobCtx, embedder: Embedder, passages: PassageToEmbed[]): Promise<void> {
  const [first] = passages;
  if (first === undefined) return;
  const tenant = { workspaceId: first.workspaceId, assistantId: first.assistantId };
  const texts = passages.map(({ heading, text }) => (heading === "" ? text : `${heading}\n${text}`));
  const vectors = await embedAll(embedder, texts, ctx.signal, async () => {}, tenant);
  const rows = passages.flatMap(({ id }, index) => {
    const embedding = vectors[index];
    return embedding === undefined ? [] : [{ id, embedding }];
  });
  await inTransaction(ctx, async (ctx) => {
    await writeVectors(ctx.db, tenant, embedder.model, rows);
    await raiseKnowledgeVersion(ctx.db, tenant.workspaceId, tenant.assistantId);
  });
}
