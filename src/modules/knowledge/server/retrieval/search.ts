import { embedder as currentEmbedder, type Embedder } from "@/modules/ai/server/embedder";
import type { WorkspaceCtx } from "@/server/context";
import type { FoundPassage } from "../../contract";
import { queryTerms } from "../../text/terms";
import { type Candidate, findCandidates, rankByWords } from "./repository";
import { addNeighbours, addPhrases, choose, fuse, keepRelevant, type Quota } from "./rules";
import { rankByMeaning } from "./vectors";

export type SearchKnowledge = {
  assistantId: string;
  query: string;
  /** Passages at most, documents and Q&A together. */
  limit: number;
  /** How many of each kind; the product's default is 5 of documents and 3 of Q&A. */
  quota?: Quota;
};

// Deep enough that duplicates and quotas do not empty the answer, shallow enough to send the texts along.
const candidateCount = 40;
const meaningDeadlineMs = 5_000;

/**
 * The passages that answer a question, best first: a Q&A entry asked word for word, then by words (BM25) fused with
 * meaning when an embedding model is configured. Only this workspace's and this assistant's knowledge; an empty list
 * when nothing in it touches the question. One round trip to the database without vectors.
 */
export async function searchKnowledge(
  ctx: WorkspaceCtx,
  { assistantId, query, limit, quota = { documents: Math.max(5, limit), qa: Math.max(3, limit) } }: SearchKnowledge,
  givenEmbedder?: Embedder | null,
): Promise<FoundPassage[]> {
  const embedder = givenEmbedder === undefined ? await currentEmbedder() : givenEmbedder;
  const tenant = { workspaceId: ctx.workspaceId, assistantId };
  const terms = queryTerms(query);
  const [lexical, near] = await Promise.all([
    terms.length === 0
      ? { candidates: [], frequencies: [], passages: 0 }
      : rankByWords(ctx.db, tenant, terms, candidateCount),
    embedder === null ? [] : searchMeaning(ctx, tenant, query, embedder),
  ]);
  const byWords = addPhrases(addNeighbours(keepRelevant(lexical)), terms);
  const byMeaning = near.length === 0 ? [] : await withTexts(ctx, tenant, near, lexical.candidates);
  return choose(fuse(byWords, byMeaning), query, quota, limit).map(toPassage);
}

type Tenant = { workspaceId: WorkspaceCtx["workspaceId"]; assistantId: string };
type Near = { chunkId: string; similarity: number };

// A model that is slow or down must not cost the visitor the answer that words alone can find.
async function searchMeaning(ctx: WorkspaceCtx, tenant: Tenant, query: string, embedder: Embedder): Promise<Near[]> {
  try {
    const [question] = await embedder.embed([query], AbortSignal.timeout(meaningDeadlineMs), tenant);
    return question === undefined ? [] : await rankByMeaning(ctx.db, tenant, embedder.model, question, candidateCount);
  } catch (error) {
    ctx.log.warn({ event: "meaning-search-skipped", requestId: ctx.requestId, error });
    return [];
  }
}

async function withTexts(ctx: WorkspaceCtx, tenant: Tenant, near: Near[], known: Candidate[]) {
  const byId = new Map(known.map((candidate) => [candidate.chunkId, candidate]));
  const missing = near.filter(({ chunkId }) => !byId.has(chunkId)).map(({ chunkId }) => chunkId);
  if (missing.length > 0)
    for (const candidate of await findCandidates(ctx.db, tenant, missing)) byId.set(candidate.chunkId, candidate);
  return near.flatMap(({ chunkId, similarity }) => {
    const candidate = byId.get(chunkId);
    return candidate === undefined ? [] : [{ candidate, similarity }];
  });
}

function toPassage({ relevance, ...candidate }: Candidate & { relevance: number }): FoundPassage {
  return {
    chunkId: candidate.chunkId,
    documentId: candidate.documentId,
    qaId: candidate.qaId,
    title: candidate.title,
    text: candidate.text,
    heading: candidate.heading,
    page: candidate.page,
    offsets: { start: candidate.startOffset, end: candidate.endOffset },
    score: Math.round(relevance * 10_000) / 10_000,
  };
}
