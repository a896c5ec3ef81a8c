import { BARE, EXCLUSIONS, GAVE_UP, REQUEST_RULES } from "./phrases";

/** From this score on a dialog is passed to people (product specification, section 2). */
export const DETECTOR_THRESHOLD = 0.5;
const REPEATED_TROUBLE = 0.6;
const BARE_WEIGHT = 0.9;
const BARE_CHARS = 60;
// Nobody hides a request deeper, and no text may keep the matching busy for long.
const READ_CHARS = 4_000;

export type RuleMatch = { rule: string; weight: number; words: string };

export type Detection = {
  /** Between 0 and 1. */
  score: number;
  fires: boolean;
  reason: "keyword" | "retries" | "fallback" | null;
  matches: RuleMatch[];
  /** Clauses that looked like a request and are none, with the exclusion that says so. */
  excluded: { rule: string; words: string }[];
};

type RequestContext = {
  /** What the visitor asked before, since the last boundary, oldest first; counts only when repeated trouble does. */
  earlierQuestions?: readonly string[];
  /** What the assistant answered since then, oldest first; counts likewise. */
  earlierAnswers?: readonly string[];
};

/**
 * Whether a visitor asks for a person. Each clause is judged alone, so a phrase about something else hides no request beside
 * it. With earlier questions, asking the same for the third time counts as trouble, and with earlier answers two in a row that
 * had nothing to say.
 */
export function detectRequest(
  text: string,
  { earlierQuestions = [], earlierAnswers = [] }: RequestContext = {},
): Detection {
  const plain = normalize(text.slice(0, READ_CHARS));
  const matches = new Map<string, RuleMatch>();
  const excluded: Detection["excluded"] = [];
  for (const clause of clausesOf(plain)) {
    const found = REQUEST_RULES.flatMap(({ id, weight, pattern }) => {
      const words = pattern.exec(clause)?.[0];
      return words === undefined ? [] : [{ rule: id, weight, words }];
    });
    if (found.length === 0) continue;
    const exclusion = EXCLUSIONS.find(({ pattern }) => pattern.test(clause));
    if (exclusion) excluded.push({ rule: exclusion.id, words: clause });
    else for (const match of found) if (!matches.has(match.rule)) matches.set(match.rule, match);
  }
  const whole = withoutMarks(plain);
  if (whole.length <= BARE_CHARS && BARE.test(whole)) {
    matches.set("bare", { rule: "bare", weight: BARE_WEIGHT, words: whole });
  }
  const isAsked = matches.size > 0;
  if (isRepeated(whole, earlierQuestions)) {
    matches.set("repeated-question", {
      rule: "repeated-question",
      weight: REPEATED_TROUBLE,
      words: whole.slice(0, 80),
    });
  }
  if (hasFailedTwice(earlierAnswers)) {
    const weight = REPEATED_TROUBLE;
    matches.set("unsupported-answers", { rule: "unsupported-answers", weight, words: whole.slice(0, 80) });
  }
  return judge([...matches.values()], excluded, isAsked ? "keyword" : "retries");
}

/** Whether an answer gives up. One that quotes a source has answered, whatever it advises beside. */
export function detectGaveUp(answer: string, { isCited }: { isCited: boolean }): Detection {
  if (isCited) return judge([], [], "fallback");
  const plain = withoutMarks(normalize(answer.slice(0, READ_CHARS)));
  const matches = GAVE_UP.flatMap(({ id, weight, pattern }) => {
    const words = pattern.exec(plain)?.[0];
    return words === undefined ? [] : [{ rule: id, weight, words }];
  });
  return judge(matches, [], "fallback");
}

function judge(
  matches: RuleMatch[],
  excluded: Detection["excluded"],
  reason: NonNullable<Detection["reason"]>,
): Detection {
  const sum = matches.reduce((total, { weight }) => total + weight, 0);
  const score = Math.min(1, Math.round(sum * 100) / 100);
  const fires = score >= DETECTOR_THRESHOLD;
  return { score, fires, reason: fires ? reason : null, matches, excluded };
}

function normalize(text: string): string {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll("ё", "е")
      .replace(/[’'ʼ`´]/gu, "")
      .replaceAll("так и не ", "не ")
      // Politeness stands between commas and would tear a phrase apart.
      .replace(
        /,?\s*(?<!\p{L})(?:пожалуйста|пжлст|плиз|будьте добры|если можно|наконец|please|pls|kindly|for god\s?s sake)(?!\p{L})\s*,?/gu,
        " ",
      )
  );
}

// A conjunction begins a clause of its own as much as a full stop does.
function clausesOf(plain: string): string[] {
  return plain
    .split(/[.!?;,:\n…()]+|(?<!\p{L})(?:но|а|и|или|поэтому|потому что|so|but|and|or|because)(?!\p{L})|\s[-–—]\s/u)
    .map(withoutMarks)
    .filter((clause) => clause !== "");
}

function withoutMarks(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}\s/-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

// The third time the same is asked; shorter texts than three words are greetings and thanks.
function isRepeated(question: string, earlierQuestions: readonly string[]): boolean {
  if (question.split(" ").length < 3) return false;
  const same = earlierQuestions.filter((earlier) => isAlike(withoutMarks(normalize(earlier)), question));
  return same.length >= 2;
}

// Whoever asks again changes a word or turns the sentence round.
const ALIKE = 0.75;

function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const [words, others] = [new Set(one.split(" ")), new Set(other.split(" "))];
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared >= 3 && shared / (words.size + others.size - shared) >= ALIKE;
}

// A quoted source shows that the answer had something to say.
const CITES = /\[\d{1,2}\]/;

function hasFailedTwice(answers: readonly string[]): boolean {
  const last = answers.slice(-2);
  return last.length === 2 && last.every((answer) => detectGaveUp(answer, { isCited: CITES.test(answer) }).fires);
}
