const LATIN: Record<string, string> = {
  а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "yo", ж: "zh", з: "z", и: "i", й: "y", к: "k", л: "l", м: "m",
  н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch",
  ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya",
}; // prettier-ignore
const MAX_SLUG_LENGTH = 40;
const FALLBACK_SLUG = "workspace";

/** A name as it may stand in an address: Cyrillic is spelled in Latin letters, other marks become one hyphen. */
export function slugOf(name: string): string {
  const spelled = [...name.normalize("NFC").toLowerCase()].map((letter) => LATIN[letter] ?? letter).join("");
  const slug = spelled
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
  return slug || FALLBACK_SLUG;
}

/** The n-th wish for an address: the plain one first, then with a random tail. */
export function slugCandidate(name: string, attempt: number, tail: string): string {
  return attempt === 0 ? slugOf(name) : `${slugOf(name)}-${tail}`;
}
