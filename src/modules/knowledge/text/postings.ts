import type { Chunk } from "./chunking";
import { indexTerms } from "./terms";

/** Where one term occurs in one document: parallel lists over the passages that have it. */
export type Posting = { term: string; ordinals: number[]; frequencies: number[]; termCounts: number[] };

/**
 * The inverted index of a document, packed: a large text has millions of entries, and as lists of their own they would take
 * ten times the room. The entries of term `i` stand from `starts[i]` to `starts[i + 1]`; `termCounts` is by passage.
 */
export type PackedPostings = {
  terms: string[];
  starts: Int32Array;
  ordinals: Int32Array;
  frequencies: Int16Array;
  termCounts: Int16Array;
};

const maxSmallint = 32_767;

/**
 * The inverted index of a document. Words of the heading and of the document's name count once more than the text
 * itself, without making the passage longer, so that "delivery" under the heading "Delivery" comes first.
 */
export function buildPostings(
  chunks: Pick<Chunk, "text" | "heading">[],
  name: string,
  language: string | null,
): { postings: PackedPostings; termCount: number } {
  const log = new EntryLog();
  const termCounts = new Int16Array(chunks.length);
  const nameTerms = indexTerms(withoutExtension(name), language);
  let total = 0;
  chunks.forEach((chunk, ordinal) => {
    const terms = indexTerms(chunk.text, language);
    const labels = [...new Set([...indexTerms(chunk.heading, language), ...nameTerms])];
    const termCount = Math.min(maxSmallint, Math.max(1, terms.length));
    termCounts[ordinal] = termCount;
    total += termCount;
    for (const [term, frequency] of countTerms([...terms, ...labels]))
      log.add(term, ordinal, Math.min(maxSmallint, frequency));
  });
  return { postings: { ...log.byTerm(), termCounts }, termCount: total };
}

/** The postings one by one, each in lists of its own. */
export function* readPostings(packed: PackedPostings): Generator<Posting> {
  for (const [index, term] of packed.terms.entries()) {
    const [from, to] = [packed.starts[index] ?? 0, packed.starts[index + 1] ?? 0];
    const ordinals = [...packed.ordinals.subarray(from, to)];
    yield {
      term,
      ordinals,
      frequencies: [...packed.frequencies.subarray(from, to)],
      termCounts: ordinals.map((ordinal) => packed.termCounts[ordinal] ?? 1),
    };
  }
}

/** The memory blocks of packed postings, for handing them to another thread without a copy. */
export function blocksOf({ starts, ordinals, frequencies, termCounts }: PackedPostings): ArrayBufferLike[] {
  return [starts, ordinals, frequencies, termCounts].map(({ buffer }) => buffer);
}

/** Entries in the order in which they are met; sorted by term once, at the end. */
class EntryLog {
  private readonly ids = new Map<string, number>();
  private readonly counts: number[] = [];
  private size = 0;
  private termIds = new Int32Array(1024);
  private ordinals = new Int32Array(1024);
  private frequencies = new Int16Array(1024);

  add(term: string, ordinal: number, frequency: number): void {
    const id = this.idOf(term);
    if (this.size === this.termIds.length) this.grow();
    this.counts[id] = (this.counts[id] ?? 0) + 1;
    this.termIds[this.size] = id;
    this.ordinals[this.size] = ordinal;
    this.frequencies[this.size] = frequency;
    this.size += 1;
  }

  byTerm(): Omit<PackedPostings, "termCounts"> {
    const starts = new Int32Array(this.counts.length + 1);
    this.counts.forEach((count, id) => (starts[id + 1] = (starts[id] ?? 0) + count));
    const next = starts.slice();
    const ordinals = new Int32Array(this.size);
    const frequencies = new Int16Array(this.size);
    for (let entry = 0; entry < this.size; entry += 1) {
      const id = this.termIds[entry] ?? 0;
      const place = next[id] ?? 0;
      ordinals[place] = this.ordinals[entry] ?? 0;
      frequencies[place] = this.frequencies[entry] ?? 0;
      next[id] = place + 1;
    }
    return { terms: [...this.ids.keys()], starts, ordinals, frequencies };
  }

  private idOf(term: string): number {
    const known = this.ids.get(term);
    if (known !== undefined) return known;
    this.ids.set(term, this.ids.size);
    return this.ids.size - 1;
  }

  private grow(): void {
    const grown = <T extends Int32Array | Int16Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    const room = this.termIds.length * 2;
    this.termIds = grown(this.termIds, new Int32Array(room));
    this.ordinals = grown(this.ordinals, new Int32Array(room));
    this.frequencies = grown(this.frequencies, new Int16Array(room));
  }
}

function countTerms(terms: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

const withoutExtension = (name: string) => name.replace(/\.[a-z]{1,5}$/i, "");
