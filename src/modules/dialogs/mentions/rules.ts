/** Names nobody twice and nobody endlessly. */
export const maxMentions = 20;

const TOKEN = /@\[([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\]/g;

type Named = { userId: string; name: string };

/** The ids of the members that a note names as `@[id]`, each once, in the order of the text. */
export function mentionedIds(text: string): string[] {
  return [...new Set([...text.matchAll(TOKEN)].map(([, id]) => id ?? ""))].slice(0, maxMentions);
}

export type MentionPiece = { text: string; isMention: boolean };

/** A note cut into words and names. An id that belongs to nobody named is left as it was typed. */
export function mentionPieces(text: string, mentions: readonly Named[]): MentionPiece[] {
  const names = new Map(mentions.map(({ userId, name }) => [userId, name]));
  const pieces: MentionPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const name = names.get(match[1] ?? "");
    if (name === undefined) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), isMention: false });
    pieces.push({ text: name, isMention: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMention: false });
  return pieces;
}

/** The same in plain words, for a line of a list or a letter. */
export function withMentionNames(text: string, mentions: readonly Named[]): string {
  return mentionPieces(text, mentions)
    .map((piece) => (piece.isMention ? `@${piece.text}` : piece.text))
    .join("");
}

/**
 * What somebody typed, with `@Name` of members as `@[id]`, so that a later change of the name keeps the mention. The longest
 * name wins, and a name counts only where a word ends. Of two members of one name both are meant.
 */
export function withMentionIds(text: string, members: readonly Named[]): string {
  const known = members.filter(({ name }) => name.trim() !== "").toSorted((a, b) => b.name.length - a.name.length);
  let result = "";
  let rest = text;
  for (let at = rest.indexOf("@"); at !== -1; at = rest.indexOf("@")) {
    result += rest.slice(0, at);
    rest = rest.slice(at);
    const isInWord = /[\p{L}\p{N}_]$/u.test(result);
    const named = isInWord ? undefined : known.find(({ name }) => standsAt(rest, name));
    if (!named) {
      result += "@";
      rest = rest.slice(1);
      continue;
    }
    const meant = known.filter(({ name }) => name.toLowerCase() === named.name.toLowerCase());
    result += meant.map(({ userId }) => `@[${userId}]`).join(" ");
    rest = rest.slice(named.name.length + 1);
  }
  return result + rest;
}

function standsAt(text: string, name: string): boolean {
  const typed = text.slice(1, name.length + 1);
  return typed.toLowerCase() === name.toLowerCase() && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length + 1));
}

export type OpenMention = { from: number; query: string };

const MAX_QUERY = 40;

/** The mention that is being typed before the caret: where its @ stands and what follows it; null when none is. */
export function openMention(text: string, caret: number): OpenMention | null {
  const before = text.slice(Math.max(0, caret - MAX_QUERY - 1), caret);
  const match = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}_.'-]*(?: [\p{L}\p{N}_.'-]*)?)$/u.exec(before);
  if (match?.[1] === undefined) return null;
  return { from: caret - match[1].length - 1, query: match[1] };
}

/** Members whose name or one of its words begins with what was typed. */
export function matchingMembers<M extends { name: string }>(members: readonly M[], query: string): M[] {
  const wanted = query.toLowerCase();
  return members.filter(({ name }) => {
    const known = name.toLowerCase();
    return known.startsWith(wanted) || known.split(/\s+/).some((word) => word.startsWith(wanted));
  });
}
