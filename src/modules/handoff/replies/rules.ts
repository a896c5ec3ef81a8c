import { layoutVariants } from "@/lib/keyboard-layout";

/** What a saved reply may stand for by itself; every other name in braces is filled in by hand. */
export type KnownValues = Record<"visitor" | "operator" | "assistant" | "workspace", string>;

// Teams that write in Russian name the same four things in Russian.
const KNOWN_NAMES: Record<string, keyof KnownValues> = {
  visitor: "visitor",
  посетитель: "visitor",
  operator: "operator",
  оператор: "operator",
  assistant: "assistant",
  ассистент: "assistant",
  workspace: "workspace",
  компания: "workspace",
};

const VARIABLE = /\{(\p{L}[\p{L}\p{N}_ -]{0,39})\}/gu;

/** A text with the known names replaced. What has no value stays in braces, so that it is seen before it is sent. */
export function fillVariables(text: string, values: KnownValues): string {
  return text.replace(VARIABLE, (whole, name: string) => {
    const known = KNOWN_NAMES[name.toLowerCase()];
    return (known && values[known].trim()) || whole;
  });
}

export type Blank = { name: string; start: number; end: number };

/** The names in braces that nobody has filled in yet, in order. */
export function blanksOf(text: string): Blank[] {
  return [...text.matchAll(VARIABLE)].map((match) => ({
    name: match[1] ?? "",
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** What is being looked for, when the box holds a slash and at most one word behind it; null otherwise. */
export function searchOf(text: string): string | null {
  return /^\/(\S{0,40})$/.exec(text)?.[1] ?? null;
}

type Searchable = { shortcut: string; title: string; text: string };

/**
 * The replies that fit what was typed, best first: shortcuts before titles before texts, beginnings before middles, and
 * letters in order as the last resort. Either keyboard layout works. An empty search keeps all in their order.
 */
export function findReplies<Reply extends Searchable>(replies: readonly Reply[], typed: string): Reply[] {
  const wanted = layoutVariants(typed).filter((variant) => variant !== "");
  if (wanted.length === 0) return [...replies];
  return replies
    .map((reply) => ({ reply, score: Math.max(...wanted.map((variant) => scoreOf(reply, variant))) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ reply }) => reply);
}

function scoreOf({ shortcut, title, text }: Searchable, wanted: string): number {
  const name = title.toLowerCase();
  if (shortcut === wanted) return 100;
  if (shortcut.startsWith(wanted)) return 90;
  if (name.split(/\s+/).some((word) => word.startsWith(wanted))) return 80;
  if (shortcut.includes(wanted)) return 70;
  if (name.includes(wanted)) return 60;
  if (hasLettersInOrder(shortcut, wanted)) return 50;
  return wanted.length >= 3 && text.toLowerCase().includes(wanted) ? 30 : 0;
}

function hasLettersInOrder(text: string, wanted: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
