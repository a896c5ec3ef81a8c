const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё";

const toLatin = new Map([...CYRILLIC].map((letter, index) => [letter, LATIN.charAt(index)]));
const toCyrillic = new Map([...LATIN].map((letter, index) => [letter, CYRILLIC.charAt(index)]));

const swap = (text: string, table: Map<string, string>) =>
  [...text].map((letter) => table.get(letter) ?? letter).join("");

/** What was typed, and what the same keys give in the other layout: `вшфдщпы` is also `dialogs`. Lower case. */
export function layoutVariants(typed: string): string[] {
  const text = typed.trim().toLowerCase();
  return [...new Set([text, swap(text, toLatin), swap(text, toCyrillic)])];
}

/** Whether every word typed, in either layout, begins a word of one of these names. */
export function matchesInAnyLayout(typed: string, names: readonly string[]): boolean {
  const known = names.flatMap((name) => name.toLowerCase().split(/[\s.,/«»"-]+/));
  return layoutVariants(typed).some((variant) =>
    variant.split(/\s+/).every((word) => known.some((name) => name.startsWith(word))),
  );
}
