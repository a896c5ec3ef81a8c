import { clsx, type ClassValue } from "clsx";
import { classGroup, coveredBy } from "./class-group";

const CACHED = 500;
const cache = new Map<string, string>();

/**
 * Joins class names; of two that set the same property under the same modifiers the later one wins. Ours, because a list of
 * all that Tailwind has weighs a twentieth of a page; the test compares the two over every class of this tree.
 */
export function cn(...inputs: ClassValue[]): string {
  const joined = clsx(inputs);
  const known = cache.get(joined);
  if (known !== undefined) return known;
  const merged = merge(joined);
  if (cache.size >= CACHED) cache.clear();
  cache.set(joined, merged);
  return merged;
}

// Everything before the last colon that is outside of brackets.
const MODIFIERS = /^(?:(?:[^:[\]()]|\[[^\]]*\]|\([^)]*\))*:)*/;

function merge(joined: string): string {
  const isSet = new Set<string>();
  const kept: string[] = [];
  for (const name of joined.split(" ").reverse()) {
    const [modifiers = ""] = MODIFIERS.exec(name) ?? [];
    const group = classGroup(name.slice(modifiers.length));
    if (group !== undefined) {
      if (isSet.has(modifiers + group)) continue;
      for (const covered of [group, ...coveredBy(group)]) isSet.add(modifiers + covered);
    }
    kept.unshift(name);
  }
  return kept.join(" ");
}
