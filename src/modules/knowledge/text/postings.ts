import type { Chunk } from "./chunking";
import { indexTerms } from "./terms";

/** Where one term occurs in one document: parallel lists over the passages that have it. */
export type Posting = { term: string; ordinals: number[]; frequencies: number[]; termCounts: number[] };

const maxSmallint = 32_767;

/**
 * The inverted index of a document. Words of the heading and of the document's name count once more than the text
 * itself, without making the passage longer, so that "delivery" under the heading "Delivery" comes first.
 */
export function buildPostings(
  chunks: Pick<Chunk, "text" | "heading">[],
  name: string,
  language: string | null,
): { postings: Posting[]; termCount: number } {
  const byTerm = new Map<string, Posting>();
  const nameTerms = indexTerms(withoutExtension(name), language);
  let total = 0;
  chunks.forEach((chunk, ordinal) => {
    const terms = indexTerms(chunk.text, language);
    const labels = [...new Set([...indexTerms(chunk.heading, language), ...nameTerms])];
    const termCount = Math.min(maxSmallint, Math.max(1, terms.length));
    total += termCount;
    for (const [term, frequency] of countTerms([...terms, ...labels])) {
      const posting = byTerm.get(term) ?? { term, ordinals: [], frequencies: [], termCounts: [] };
      posting.ordinals.push(ordinal);
      posting.frequencies.push(Math.min(maxSmallint, frequency));
      posting.termCounts.push(termCount);
      byTerm.set(term, posting);
    }
  });
  return { postings: [...byTerm.values()], termCount: total };
}

function countTerms(terms: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

const withoutExtension = (name: string) => name.replace(/\.[a-z]{1,5}$/i, "");
