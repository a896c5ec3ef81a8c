import snowball from "snowball-stemmers";

export type Bm25 = { rank: (question: string) => number[] };

const k1 = 1.2;
const b = 0.75;

/**
 * The textbook peer, on purpose without anything of ours: letters and digits as words, Snowball stems, Okapi BM25 with
 * its usual constants, whole passages as documents. `rank` answers the passages' positions, best first.
 */
export function bm25Index(texts: string[], language: "en" | "ru"): Bm25 {
  const stemmer = snowball.newStemmer(language === "ru" ? "russian" : "english");
  stemmer.stem("доставка");
  const tokenize = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemmer.stem(word));
  const documents = texts.map((text) => countWords(tokenize(text)));
  const lengths = documents.map((counts) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const frequency = countWords(documents.flatMap((counts) => [...counts.keys()]));
  const weight = (word: string) =>
    Math.log(1 + (texts.length - (frequency.get(word) ?? 0) + 0.5) / ((frequency.get(word) ?? 0) + 0.5));

  return {
    rank: (question) => {
      const words = [...new Set(tokenize(question))];
      const scores = documents.map((counts, index) =>
        words.reduce((sum, word) => {
          const count = counts.get(word) ?? 0;
          return (
            sum + (weight(word) * count * (k1 + 1)) / (count + k1 * (1 - b + (b * (lengths[index] ?? 0)) / average))
          );
        }, 0),
      );
      return scores
        .map((score, index) => ({ score, index }))
        .sort((one, other) => other.score - one.score)
        .map(({ index }) => index);
    },
  };
}

function countWords(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
