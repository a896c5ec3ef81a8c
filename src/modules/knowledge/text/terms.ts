import * as snowballModule from "snowball-stemmers";
import { isAskingWord, isFunctionWord } from "./function-words";
import { STEMMED_LANGUAGES, type StemmedLanguage } from "./language";

/** One word of a question with every spelling under which a document may have stored it. */
export type QueryTerm = { alternatives: string[]; isExact: boolean };

const ALGORITHMS: Record<StemmedLanguage, string> = {
  ar: "arabic",
  da: "danish",
  de: "german",
  en: "english",
  es: "spanish",
  fi: "finnish",
  fr: "french",
  hu: "hungarian",
  it: "italian",
  nl: "dutch",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sv: "swedish",
  tr: "turkish",
};

// Node hands the library out as the default export, bundlers as the module itself.
const snowball =
  "newStemmer" in snowballModule ? snowballModule : (snowballModule as { default: typeof snowballModule }).default;

const stemmers = new Map<StemmedLanguage, (word: string) => string>();
// "E-mail" is stored as two words.
const spellings = new Map([
  ["email", ["mail"]],
  ["emails", ["mail"]],
  ["mail", ["email"]],
]);
const maxTermChars = 64;
const maxQueryTerms = 64;
const beginningChars = 3;

const email = String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;
const phone = String.raw`\+?\d{1,3}[\s-]?\(?\d{2,4}\)?[\s-]?\d{2,4}(?:[\s-]\d{2,4}){1,3}(?!\d)|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)`;
const groupedNumber = String.raw`\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)`;
const wordOrJoined = String.raw`[\p{L}\p{M}\p{N}]+(?:[.,:/–—'’-][\p{L}\p{M}\p{N}]+)*`;
const figurePattern = new RegExp(`^(?:${phone}|${groupedNumber})$`, "u");
const tokens = `(?<![\\p{L}\\p{N}])(?:${phone}|${groupedNumber})|${wordOrJoined}`;
const tokenPattern = new RegExp(tokens, "gu");
// Looking for an address at every word costs more than all the rest, and few texts have one.
const tokenPatternWithEmail = new RegExp(`${email}|${tokens}`, "gu");

/** The terms under which a text is found, in reading order, repeats kept: their number is the length that BM25 sees. */
export function indexTerms(text: string, language: string | null): string[] {
  const terms: string[] = [];
  for (const token of tokenize(text)) {
    if (token.isExact) terms.push(token.text);
    else if (!isFunctionWord(token.text)) terms.push(stemFor(token.text, language));
  }
  return terms;
}

/** What to look for. A Latin word is tried in every language's stem, because a short question does not betray its language. */
export function queryTerms(query: string): QueryTerm[] {
  const tokens = [...tokenize(query)].filter((token) => token.isExact || !isFunctionWord(token.text));
  const telling = tokens.filter((token) => token.isExact || !isAskingWord(token.text));
  const unique = new Map((telling.length > 0 ? telling : tokens).map((token) => [token.text, token]));
  return [...unique.values()].slice(0, maxQueryTerms).map(({ text, isExact }) => ({
    alternatives: isExact ? [text] : [...allStems(text), ...(spellings.get(text) ?? [])],
    isExact,
  }));
}

/** Where each term of a question stands in a text, counted in words that tell something. Reads only words that could match. */
export function findPlaces(text: string, terms: QueryTerm[], language: string | null): number[][] {
  const places: number[][] = terms.map(() => []);
  const wanted = new Map(
    terms.flatMap(({ alternatives }, index) => alternatives.map((term): [string, number] => [term, index])),
  );
  // Stemming changes endings, so another beginning is another word.
  const beginnings = new Set([...wanted.keys()].map((term) => term.slice(0, beginningChars)));
  let place = 0;
  for (const [match] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const folded = fold(match);
    if (isFunctionWord(folded)) continue;
    place += 1;
    if (!beginnings.has(folded.slice(0, beginningChars))) continue;
    const index = wanted.get(folded) ?? wanted.get(stemFor(folded, language));
    if (index !== undefined) places[index]?.push(place);
  }
  return places;
}

type Token = { text: string; isExact: boolean };

function* tokenize(text: string): Generator<Token> {
  for (const [match] of text.normalize("NFC").matchAll(text.includes("@") ? tokenPatternWithEmail : tokenPattern)) {
    if (match.includes("@")) yield* emailTokens(match);
    else if (figurePattern.test(match)) yield* figureTokens(match);
    else yield* wordTokens(match);
  }
}

function* emailTokens(match: string): Generator<Token> {
  yield exact(match.toLowerCase());
  for (const part of match.split(/[^\p{L}\p{N}]+/u)) if (part !== "") yield word(part);
}

// A figure is stored whole and in parts: "+7 (495) 123-45-67" answers to the full number, the local one and "123".
function* figureTokens(match: string): Generator<Token> {
  const parts = match.match(/\d+/g) ?? [];
  const digits = parts.join("");
  for (const part of parts) yield exact(part);
  if (parts.length > 1) yield exact(digits);
  if (digits.length === 11) yield exact(digits.slice(1));
}

function* wordTokens(match: string): Generator<Token> {
  const parts = match.split(/[.,:/–—'’-]/u).filter((part) => part !== "");
  for (const part of parts) yield* wordOrCode(part);
  if (parts.length > 1 && /\d/.test(match)) {
    yield exact(fold(parts.join("")));
    if (/^\d+[.,]\d+$/.test(match)) yield exact(parts.join("."));
  }
}

function* wordOrCode(part: string): Generator<Token> {
  if (/^\p{N}+$/u.test(part)) yield exact(part.normalize("NFKC"));
  else if (/\p{N}/u.test(part)) yield* codeTokens(part);
  else if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(part))
    yield* characterPairs(part);
  else yield word(part);
}

// "24-ярдовой" and "50кг" must answer to "24" and "кг"; "XK42" also stays whole.
function* codeTokens(part: string): Generator<Token> {
  yield exact(fold(part));
  for (const piece of part.match(/\p{N}+|[\p{L}\p{M}]+/gu) ?? []) {
    if (/\p{N}/u.test(piece)) yield exact(piece.normalize("NFKC"));
    else if (piece.length > 1) yield word(piece);
  }
}

// Scripts without spaces have no words to cut; overlapping pairs are the usual substitute.
function* characterPairs(part: string): Generator<Token> {
  const characters = [...part.toLowerCase()];
  if (characters.length === 1) yield exact(part);
  for (let i = 0; i + 1 < characters.length; i += 1) yield exact(characters.slice(i, i + 2).join(""));
}

const exact = (text: string): Token => ({ text: text.slice(0, maxTermChars), isExact: true });
const word = (text: string): Token => ({ text: fold(text).slice(0, maxTermChars), isExact: false });

/** Lower case with ё as е: for matching only, never for showing. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

function stemFor(text: string, language: string | null): string {
  return stem(text, stemmerLanguage(text, language));
}

function stemmerLanguage(text: string, language: string | null): StemmedLanguage | null {
  const known = STEMMED_LANGUAGES.find((code) => code === language);
  if (/\p{Script=Cyrillic}/u.test(text)) return "ru";
  if (/\p{Script=Latin}/u.test(text)) return known === "ru" || known === "ar" || known === undefined ? "en" : known;
  return /\p{Script=Arabic}/u.test(text) ? "ar" : null;
}

function allStems(text: string): string[] {
  if (!/\p{Script=Latin}/u.test(text)) return [stemFor(text, null)];
  const latin = STEMMED_LANGUAGES.filter((language) => language !== "ru" && language !== "ar");
  return [...new Set(latin.map((language) => stem(text, language)))];
}

function stem(text: string, language: StemmedLanguage | null): string {
  if (language === null) return text;
  const stemmed = stemmerOf(language)(text);
  // "Munchen" typed without its umlaut must meet "München"; й is a letter of its own and keeps its breve.
  return language === "ru" ? stemmed : stemmed.normalize("NFD").replace(/\p{Mn}/gu, "");
}

function stemmerOf(language: StemmedLanguage): (word: string) => string {
  const ready = stemmers.get(language);
  if (ready !== undefined) return ready;
  const stemmer = snowball.newStemmer(ALGORITHMS[language]);
  // The library answers its very first word from uninitialised state.
  stemmer.stem("доставка");
  const remembered = remember((text) => fold(stemmer.stem(text)) || text);
  stemmers.set(language, remembered);
  return remembered;
}

// Zipf: a few thousand words are most of any text, and stemming is the slowest step of indexing.
function remember(compute: (word: string) => string): (word: string) => string {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    if (seen.size >= 20_000) seen.clear();
    const result = compute(text);
    seen.set(text, result);
    return result;
  };
}
