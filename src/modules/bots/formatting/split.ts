import { isVisible } from "@/lib/text";
import { type Mark, type Run, toHtml, toPlain } from "./runs";

/** Telegram's limit counts what is shown; ours counts the tags too, which keeps a part valid by either reading. */
export const MAX_PART_LENGTH = 4_096;

export type Part = { html: string; plain: string };

// A part cut before this share of its room would leave a message of one line for the sake of a paragraph.
const MIN_FILL = 0.5;

/**
 * Runs as messages within Telegram's limit: complete, in order, entities closed and opened again at every cut. Cuts at a
 * paragraph, else a line, a sentence, a word, and only then inside a word, never inside a character.
 */
export function splitRuns(runs: readonly Run[], limit = MAX_PART_LENGTH): Part[] {
  const parts: Part[] = [];
  let rest = trimStart(runs);
  while (rest.length > 0) {
    const [head, tail] = toHtml(rest).length <= limit ? [rest, []] : cutOnce(rest, limit);
    const visible = trimEnd(head);
    if (hasVisibleText(visible)) parts.push({ html: toHtml(visible), plain: toPlain(visible) });
    rest = trimStart(tail);
  }
  return parts;
}

function cutOnce(runs: readonly Run[], limit: number): [Run[], Run[]] {
  const room = longestPrefix(runs, limit);
  const text = toPlain(runs);
  return cutAt(runs, niceCut(text.slice(0, room)) ?? safeCut(text, room));
}

/** How many characters of text fit when rendered; found by halving because tags and escapes vary along the way. */
function longestPrefix(runs: readonly Run[], limit: number): number {
  let fits = 1;
  let tooMany = Math.min(toPlain(runs).length, limit) + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (toHtml(cutAt(runs, middle)[0]).length <= limit) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

/** The end of the last paragraph, line, sentence or word of the window, in this order of liking. */
function niceCut(window: string): number | undefined {
  const least = Math.ceil(window.length * MIN_FILL);
  const ends = [
    window.lastIndexOf("\n\n") + 2,
    window.lastIndexOf("\n") + 1,
    lastEnd(window, /[.!?…]\s/g, least),
    lastEnd(window, /\s/g, least),
  ];
  return ends.find((end) => end >= least);
}

function lastEnd(window: string, pattern: RegExp, from: number): number {
  const last = [...window.slice(from).matchAll(pattern)].at(-1);
  return last ? from + last.index + last[0].length : -1;
}

/** The last place up to `room` that is not inside a character as people see one. */
function safeCut(text: string, room: number): number {
  const from = Math.max(0, room - 64);
  const around = text.slice(from, room + 64);
  const starts = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(around)].map(
    ({ index }) => from + index,
  );
  const last = starts.findLast((start) => start <= room && start > from);
  if (last !== undefined) return last;
  return room > 1 && /[\ud800-\udbff]$/.test(text.slice(0, room)) ? room - 1 : room;
}

function cutAt(runs: readonly Run[], at: number): [Run[], Run[]] {
  const head: Run[] = [];
  const tail: Run[] = [];
  let position = 0;
  for (const run of runs) {
    const inside = Math.min(Math.max(at - position, 0), run.text.length);
    if (inside > 0) head.push({ ...run, text: run.text.slice(0, inside) });
    if (inside < run.text.length) tail.push({ ...run, text: run.text.slice(inside) });
    position += run.text.length;
  }
  return [head, tail];
}

const isCode = (marks: readonly Mark[]) => marks.some(({ kind }) => kind === "code");

function trimStart(runs: readonly Run[]): Run[] {
  const trimmed = ({ text, marks }: Run) => (isCode(marks) ? text.replace(/^\n+/, "") : text.trimStart());
  const at = runs.findIndex((run) => trimmed(run) !== "");
  const first = runs[at];
  return first ? [{ ...first, text: trimmed(first) }, ...runs.slice(at + 1)] : [];
}

function trimEnd(runs: readonly Run[]): Run[] {
  const at = runs.findLastIndex(({ text }) => text.trimEnd() !== "");
  const last = runs[at];
  return last ? [...runs.slice(0, at), { ...last, text: last.text.trimEnd() }] : [];
}

/** Telegram refuses messages of blanks and of characters that show nothing. */
export function hasVisibleText(runs: readonly Run[]): boolean {
  return isVisible(toPlain(runs));
}
