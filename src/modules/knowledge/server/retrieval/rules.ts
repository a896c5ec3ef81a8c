import { findPlaces, fold, type QueryTerm } from "../../text/terms";
import type { Candidate, LexicalResult } from "./repository";

/** Passages that a question may bring, at most: documents and Q&A entries apart. */
export type Quota = { documents: number; qa: number };

/** A candidate with its place in the final order: `relevance` is 0 to 1 within one search. */
export type Ranked = Candidate & { relevance: number };

/** Word sets that share more than this are one passage said twice. */
export const duplicateJaccard = 0.7;

// A passage that has less of the question's weight than this only shares everyday words with it.
const minCoverage = 0.15;
// Pretends a few more passages exist, so that in a base of two every word is not equally telling.
const imaginedPassages = 20;
// Side by side with at most one word between; a fifth of the words' weight, enough to decide between near equals.
const phraseDepth = 8;
const phraseDistance = 2;
const phraseShare = 0.2;
const neighbourShare = 0.5;
// Reciprocal rank fusion's usual constant (Cormack et al., 2009).
const fusionConstant = 60;

/** No passage at all when even the best one shares next to nothing of the question's weight. */
export function keepRelevant(result: LexicalResult): LexicalResult {
  const weights = termWeights(result.frequencies, result.passages + imaginedPassages);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const covers = (candidate: Candidate) =>
    candidate.matched.reduce((sum, position) => sum + (weights[position] ?? 0), 0) >= total * minCoverage;
  return result.candidates.some(covers) ? result : { ...result, candidates: [] };
}

/**
 * Words that stand side by side in the question count more where they stand together in the passage: this tells apart
 * passages that have the same words. Looks at the first few only, because it reads their texts.
 */
export function addPhrases({ candidates, frequencies, passages }: LexicalResult, terms: QueryTerm[]): Candidate[] {
  if (terms.length < 2) return candidates;
  const weights = termWeights(frequencies, passages);
  const scored = candidates.map((candidate, place) => {
    if (place >= phraseDepth) return candidate;
    const positions = findPlaces(candidate.text, terms, candidate.language);
    const bonus = terms.slice(1).reduce((sum, _, index) => {
      const isTogether = areNear(positions[index] ?? [], positions[index + 1] ?? []);
      return sum + (isTogether ? Math.min(weights[index] ?? 0, weights[index + 1] ?? 0) : 0);
    }, 0);
    return { ...candidate, score: candidate.score + phraseShare * bonus };
  });
  return scored.sort((one, other) => other.score - one.score);
}

function areNear(one: number[], other: number[]): boolean {
  return one.some((place) => other.some((next) => Math.abs(next - place) <= phraseDistance));
}

/**
 * A document is cut where its limit falls, not where its subject ends: words of the question that a neighbouring
 * passage has count for half here, so that cutting costs no evidence.
 */
export function addNeighbours({ candidates, frequencies, passages }: LexicalResult): LexicalResult {
  const weights = termWeights(frequencies, passages);
  const byPlace = new Map(candidates.map((candidate) => [placeOf(candidate, 0), candidate]));
  const scored = candidates.map((candidate) => {
    const around = [-1, 1].flatMap((step) => byPlace.get(placeOf(candidate, step))?.matched ?? []);
    const missing = [...new Set(around)].filter((position) => !candidate.matched.includes(position));
    const context = missing.reduce((sum, position) => sum + (weights[position] ?? 0), 0);
    return { ...candidate, score: candidate.score + neighbourShare * context };
  });
  return { candidates: scored.sort((one, other) => other.score - one.score), frequencies, passages };
}

const placeOf = (candidate: Candidate, step: number) =>
  `${candidate.documentId ?? candidate.qaId} ${candidate.ordinal + step}`;

function termWeights(frequencies: number[], passages: number): number[] {
  return frequencies.map((frequency) => Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)));
}

/** Two orders as one: each passage counts by its place in either. Without vectors the order of words stands. */
export function fuse(byWords: Candidate[], byMeaning: { candidate: Candidate; similarity: number }[]): Ranked[] {
  const best = byWords[0]?.score ?? 0;
  if (byMeaning.length === 0)
    return byWords.map((candidate) => ({ ...candidate, relevance: best === 0 ? 0 : candidate.score / best }));
  const places = new Map<string, { candidate: Candidate; score: number }>();
  const count = (candidate: Candidate, place: number) => {
    const known = places.get(candidate.chunkId) ?? { candidate, score: 0 };
    known.score += 1 / (fusionConstant + place + 1);
    places.set(candidate.chunkId, known);
  };
  byWords.forEach(count);
  byMeaning.forEach(({ candidate }, place) => count(candidate, place));
  const top = 2 / (fusionConstant + 1);
  return [...places.values()]
    .map(({ candidate, score }) => ({ ...candidate, relevance: score / top }))
    .sort((a, b) => b.relevance - a.relevance);
}

/** The passages to show: an entry asked word for word first, then by relevance; repeats out, quotas kept. */
export function choose(ranked: Ranked[], query: string, quota: Quota, limit: number): Ranked[] {
  const asked = normalizeQuestion(query);
  const isExact = (candidate: Candidate) => candidate.qaId !== null && normalizeQuestion(candidate.title) === asked;
  const ordered = [
    ...ranked.filter(isExact).map((candidate) => ({ ...candidate, relevance: 1 })),
    ...ranked.filter((candidate) => !isExact(candidate)),
  ];
  const chosen: { candidate: Ranked; words: Set<string> }[] = [];
  const left = { ...quota };
  for (const candidate of ordered) {
    if (chosen.length >= limit) break;
    const kind = candidate.qaId === null ? "documents" : "qa";
    if (left[kind] <= 0) continue;
    const words = wordSet(candidate.text);
    if (chosen.some((other) => jaccard(other.words, words) > duplicateJaccard)) continue;
    left[kind] -= 1;
    chosen.push({ candidate, words });
  }
  return chosen.map(({ candidate }) => candidate);
}

/** A cheap estimate of a text's tokens: Cyrillic takes about twice as many as Latin. Never under the real count by much. */
export function estimateTokens(text: string): number {
  const wide = text.match(/[^\u0000-\u024f]/g)?.length ?? 0;
  return Math.ceil((text.length - wide) / 3.6 + wide / 2.2);
}

/** The best passages that fit a token budget, in their order; one that does not fit makes room for a smaller one. */
export function packPassages<T extends { text: string }>(passages: T[], budgetTokens: number): T[] {
  let left = budgetTokens;
  return passages.filter(({ text }) => {
    const tokens = estimateTokens(text);
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
}

const normalizeQuestion = (text: string) =>
  fold(text.normalize("NFC"))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

function wordSet(text: string): Set<string> {
  return new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []);
}

function jaccard(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}
