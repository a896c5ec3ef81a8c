import type { NoAnswerPolicy } from "@/db/enums";
import type { ModelPassage } from "@/modules/ai/contract";
import { phrases, smallTalkOf } from "./phrases";
import { piecesOf } from "./pieces";
import { languageOf, questionWords, stemsOf, type SpokenLanguage, type Word } from "./words";

// Below this share of the question's weight a sentence is about something else.
const COVERAGE_TO_ANSWER = 0.4;
const MAX_UNITS = 4;
const MAX_CHARS = 700;

type Unit = {
  passage: number;
  ordinal: number;
  text: string;
  isLine: boolean;
  covered: ReadonlySet<string>;
  /** Share of the question's weight that the sentence and its heading cover, 0 to 1. */
  coverage: number;
  score: number;
};

type Quotation = {
  question: string;
  passages: readonly ModelPassage[];
  /** The questions that a follow-up leans on, nearest first. */
  earlier?: readonly string[];
  language?: SpokenLanguage;
  noAnswer?: NoAnswerPolicy;
  /** Whether a person can be called, and may be offered when nothing is found. */
  offersPerson?: boolean;
};

/**
 * An answer made of sentences, rows and list items of the passages, word for word, each with its citation. Says plainly
 * when none of them is about the question. Deterministic: the same question and passages give the same text.
 */
export function quote(quotation: Quotation): string {
  const { question, passages, earlier = [], language, noAnswer = "say-so", offersPerson = false } = quotation;
  const say = phrases[language ?? languageOf(question)];
  const talk = smallTalkOf(question);
  if (talk !== null) return say[talk];
  const wanted = [question, ...earlier].map(wantedKind).find((kind) => kind !== null) ?? null;
  for (const words of readings(question, earlier)) {
    const entry = matchingEntry(words, passages);
    if (entry !== null) return `${entry.answer} [${entry.number}]`;
    const units = chooseUnits(weighed(words, passages), passages, wanted);
    if (units.length > 0) return render(units);
  }
  if (noAnswer === "clarify") return say.clarify;
  return offersPerson ? say.nothingButPeople : say.nothing;
}

// "And oolong?" names its subject and keeps only the kind of the earlier question. "How long does it take?" names none:
// it is about the last subject that gives an answer, or else stands for itself.
function readings(question: string, earlier: readonly string[]): Word[][] {
  const own = questionWords(question);
  const hasSubject = (words: Word[]) => words.some(({ weight }) => weight >= 1);
  if (hasSubject(own)) return [own];
  const subjects = earlier.map(questionWords).filter(hasSubject);
  const isNew = ({ stem }: Word) => own.every((word) => word.stem !== stem);
  return [...subjects.map((subject) => [...own, ...subject.filter(isNew)]), own];
}

// In a tea shop every document speaks of tea, so that word tells little about what is asked.
function weighed(words: Word[], passages: readonly ModelPassage[]): Word[] {
  if (new Set(passages.map(({ title }) => title)).size < 3) return words;
  const texts = passages.map(({ title, heading, text }) => new Set(stemsOf(`${title}\n${heading}\n${text}`)));
  return words.map((word) =>
    texts.every((stems) => stems.has(word.stem)) ? { ...word, weight: word.weight / 2 } : word,
  );
}

type WantedKind = "price" | "amount" | "time" | "phone" | "mail" | null;

function wantedKind(question: string): WantedKind {
  const text = question.toLowerCase();
  if (/phone|call you|телефон|позвонить/u.test(text)) return "phone";
  if (/\be-?mail|электронн/u.test(text)) return "mail";
  if (/how much|price|\bcosts?\b|\bfees?\b|сколько стоит|почём|почем|цен[аыу](?!\p{L})|стоимост|стоит/u.test(text))
    return "price";
  if (/how many|percent|сколько|процент|размер|сумм/u.test(text)) return "amount";
  if (/when|how (?:long|soon)|hours|what time|deadline|когда|во сколько|срок|долго|часы|график|режим/u.test(text))
    return "time";
  return null;
}

const evidence: Record<Exclude<WantedKind, null>, RegExp> = {
  price: /[₽$€£¥]|руб|(?:price|cost|fee|цена|стоимость|стоит)\D*\d/iu,
  amount: /\d/u,
  time: /\d|monday|daily|weekday|понедельник|ежедневно|будн|круглосуточно|сутк/iu,
  phone: /\+?\d[\d\s()-]{5,}\d/u,
  mail: /\S@\S/u,
};

// A number or an address says itself what it is: "+1 202 555 0147" needs no word "phone" beside it.
const SELF_EVIDENT = new Set([
  "phone",
  "telephon",
  "call",
  "number",
  "email",
  "телефон",
  "номер",
  "позвон",
  "почт",
  "электрон",
  "адрес",
]);

// An entry whose question is the asked one is the owner's own answer and is given whole.
function matchingEntry(words: Word[], passages: readonly ModelPassage[]): { answer: string; number: number } | null {
  for (const [index, passage] of passages.entries()) {
    if (!passage.isQa || words.length === 0) continue;
    const asked = new Set(stemsOf(passage.title));
    const shared = words.filter(({ stem }) => asked.has(stem));
    const isSame = weightOf(shared) / weightOf(words) >= 0.6 && shared.length * 2 >= asked.size;
    if (isSame) return { answer: passage.text.trim(), number: index + 1 };
  }
  return null;
}

function chooseUnits(words: Word[], passages: readonly ModelPassage[], wanted: WantedKind): Unit[] {
  if (words.length === 0) return [];
  const units = passages.flatMap((passage, index) => unitsOf(passage, index, words, wanted, passages.length));
  const ranked = units.filter(({ coverage }) => coverage >= COVERAGE_TO_ANSWER).sort((a, b) => b.score - a.score);
  const [best] = ranked;
  if (!best) return [];
  const chosen = [best];
  const covered = new Set(best.covered);
  let chars = best.text.length;
  for (const unit of ranked.slice(1)) {
    if (chosen.length >= MAX_UNITS || chars + unit.text.length > MAX_CHARS) break;
    const addsWords = [...unit.covered].some((stem) => !covered.has(stem));
    const isEqualRow = unit.isLine && best.isLine && unit.passage === best.passage && unit.score >= best.score * 0.95;
    const isRepeat = chosen.some((other) => other.text === unit.text);
    if (isRepeat || !((addsWords && unit.score >= best.score * 0.5) || isEqualRow)) continue;
    chosen.push(unit);
    for (const stem of unit.covered) covered.add(stem);
    chars += unit.text.length;
  }
  return withContinuation(chosen, units).sort((a, b) => a.passage - b.passage || a.ordinal - b.ordinal);
}

// "The set contains:" is no answer without the lines under it.
function withContinuation(chosen: Unit[], all: Unit[]): Unit[] {
  const result = [...chosen];
  for (const unit of chosen) {
    if (!unit.text.endsWith(":")) continue;
    for (let next = unit.ordinal + 1; next <= unit.ordinal + 8; next += 1) {
      const line = all.find((other) => other.passage === unit.passage && other.ordinal === next);
      if (!line?.isLine) break;
      if (!result.includes(line)) result.push(line);
    }
  }
  return result;
}

function unitsOf(passage: ModelPassage, index: number, words: Word[], wanted: WantedKind, count: number): Unit[] {
  const about = new Set([...stemsOf(passage.heading), ...(passage.isQa ? stemsOf(passage.title) : [])]);
  return piecesOf(passage.text).map(({ text, isLine }, ordinal) => {
    const own = new Set(stemsOf(text));
    const ownWords = words.filter(({ stem }) => own.has(stem));
    const fits = wanted === null || evidence[wanted].test(text);
    const isSelfEvident = fits && (wanted === "phone" || wanted === "mail");
    const headingWords = words.filter(
      ({ stem }) => !own.has(stem) && (about.has(stem) || (isSelfEvident && SELF_EVIDENT.has(stem))),
    );
    const total = weightOf(words);
    // A heading says what its sentences are about, yet every sentence under it would otherwise look alike.
    const coverage = (weightOf(ownWords) + weightOf(headingWords) * 0.8) / total;
    const rank = 1 - index / (count * 8);
    const brevity = text.length > 400 ? 0.85 : 1;
    const closeness = (weightOf(ownWords) + weightOf(headingWords) * 0.6) / total;
    const score =
      closeness *
      rank *
      brevity *
      (fits ? 1.35 : 1) *
      (/^[^.!?]{1,60}:?$/u.test(text) && !/\d/.test(text) && !isLine ? 0.6 : 1);
    return {
      passage: index,
      ordinal,
      text,
      isLine,
      coverage,
      score,
      covered: new Set([...ownWords, ...headingWords].map(({ stem }) => stem)),
    };
  });
}

function render(units: Unit[]): string {
  const asList = units.filter(({ isLine }) => isLine).length > 1;
  let text = "";
  for (const unit of units) {
    const mark = `${unit.text} [${unit.passage + 1}]`;
    if (text === "") text = asList && unit.isLine ? `- ${mark}` : mark;
    else if (unit.isLine) text += asList ? `\n- ${mark}` : `\n\n${mark}`;
    else text += ` ${mark}`;
  }
  return text;
}

function weightOf(words: Word[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}
