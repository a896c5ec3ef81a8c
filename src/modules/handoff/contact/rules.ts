const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u;
const LINK = /(?:^|[\s(])(?:https?:\/\/)?(?:t\.me|wa\.me|vk\.com|telegram\.me)\/[\w./+-]{3,}/iu;
const NAME = /(?:^|[\s(:])@[a-z]\w{3,31}(?![\w@.])/iu;
const DIGITS = /\+?\d[\d\s().\u00a0\u2010-\u2015-]{4,}\d/gu;
const DATE_OR_TIME = /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{2})\b/gu;

// The shortest number with a country code; what ITU allows at most; a number as people of one country write it.
const SHORTEST = 7;
const LONGEST = 15;
const NATIONAL = 10;

/** What in a text tells how to reach its author: address, phone, name in a messenger. Null when there is none. */
export function findContact(text: string): string | null {
  for (const pattern of [EMAIL, LINK, NAME]) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return found.trim().replace(/^[(:]\s*/u, "");
  }
  for (const [candidate] of text.replace(DATE_OR_TIME, ",").matchAll(DIGITS)) {
    const count = candidate.replace(/\D/gu, "").length;
    // Fewer digits without a country code are dates, prices and numbers of orders.
    const least = candidate.startsWith("+") ? SHORTEST : NATIONAL;
    if (count >= least && count <= LONGEST) return candidate.trim();
  }
  return null;
}
