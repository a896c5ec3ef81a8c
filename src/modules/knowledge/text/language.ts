import { detectAll } from "tinyld/light";

/** ISO 639-1 codes that have their own stemmer; every other language is matched by exact words. */
export const STEMMED_LANGUAGES = [
  "ar",
  "da",
  "de",
  "en",
  "es",
  "fi",
  "fr",
  "hu",
  "it",
  "nl",
  "no",
  "pt",
  "ro",
  "ru",
  "sv",
  "tr",
] as const;
export type StemmedLanguage = (typeof STEMMED_LANGUAGES)[number];

// Enough for n-gram statistics to be certain, small enough to cost under a millisecond.
const sampleChars = 4_000;
const scriptShare = 0.3;
// Names and articles of a price list look like any language; prose scores far above this.
const certainty = 0.2;

/** ISO 639-1 code of the text's main language, or null when there are too few letters to tell. */
export function detectLanguage(text: string): string | null {
  const sample = text.length > sampleChars * 2 ? text.slice(0, sampleChars) + text.slice(-sampleChars) : text;
  const letters = countMatches(sample, /\p{L}/gu);
  if (letters < 3) return null;
  const cyrillic = countMatches(sample, /\p{Script=Cyrillic}/gu) / letters;
  if (cyrillic >= scriptShare) return detectCyrillic(sample);
  const [best] = detectAll(sample.slice(0, sampleChars));
  if (best !== undefined && best.accuracy >= certainty) return best.lang;
  return countMatches(sample, /\p{Script=Latin}/gu) / letters > 0.5 ? "en" : (best?.lang ?? null);
}

// Short Russian phrases look Bulgarian or Ukrainian to n-grams; a letter that Russian lacks is the safer proof.
function detectCyrillic(sample: string): string {
  if (/[іїєґ]/iu.test(sample)) return "uk";
  if (/[ў]/iu.test(sample)) return "be";
  if (/[әғқңөұүһ]/iu.test(sample)) return "kk";
  if (/[ыэё]/iu.test(sample)) return "ru";
  const [best] = detectAll(sample, { only: ["ru", "uk", "bg", "sr", "be", "mk"] });
  return sample.length < 200 ? "ru" : (best?.lang ?? "ru");
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
