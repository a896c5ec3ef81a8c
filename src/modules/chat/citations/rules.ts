const COMPLETE = /(\s*)[[【]\s*(\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\s*[\]】]/gu;
// What may still become a citation when the next piece arrives.
const UNFINISHED = /\s*(?:[[【][\d\s,;]{0,24})?$/u;

export type CitationFilter = {
  /** Text that is safe to show, and the numbers that it cites for the first time. */
  push: (piece: string) => { text: string; cited: number[] };
  /** What was still held back. */
  flush: () => { text: string; cited: number[] };
};

/**
 * Lets through only citations of passages 1 to `passageCount`, also when a number comes in pieces. Lists such as
 * `[1, 3]` and full-width brackets come out as `[1][3]`; a false number goes together with the blank before it.
 * With `areShown` off every number goes, and only what it cites is told.
 */
export function createCitationFilter(passageCount: number, { areShown = true } = {}): CitationFilter {
  let held = "";
  const seen = new Set<number>();
  const check = (text: string) => {
    const cited: number[] = [];
    const checked = text.replace(COMPLETE, (_, space: string, list: string) => {
      const valid = list
        .split(/[,;]/)
        .map(Number)
        .filter((n) => n >= 1 && n <= passageCount);
      for (const n of valid) {
        if (seen.has(n)) continue;
        seen.add(n);
        cited.push(n);
      }
      return valid.length === 0 || !areShown ? "" : space + valid.map((n) => `[${n}]`).join("");
    });
    return { text: checked, cited };
  };
  return {
    push: (piece) => {
      const text = held + piece;
      const end = text.search(UNFINISHED);
      held = text.slice(end);
      return check(text.slice(0, end));
    },
    flush: () => {
      const rest = held;
      held = "";
      return check(rest);
    },
  };
}
