import { refuse } from "./telegram-refusal";

const TAGS: Record<string, { attributes: string[]; isCode?: boolean; isQuote?: boolean }> = {
  b: { attributes: [] },
  strong: { attributes: [] },
  i: { attributes: [] },
  em: { attributes: [] },
  u: { attributes: [] },
  ins: { attributes: [] },
  s: { attributes: [] },
  strike: { attributes: [] },
  del: { attributes: [] },
  "tg-spoiler": { attributes: [] },
  span: { attributes: ["class"] },
  a: { attributes: ["href"] },
  code: { attributes: ["class"], isCode: true },
  pre: { attributes: [], isCode: true },
  blockquote: { attributes: ["expandable"], isQuote: true },
};

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Refused formatting, in the words of the real Bot API. */
export class EntityError extends Error {}

/**
 * Parses Telegram's HTML as strictly as the Bot API documents it and returns the text that is shown. Throws `EntityError`
 * for unknown tags and attributes, unbalanced tags, nested quotes, and code together with other entities.
 */
export function parseTelegramHtml(html: string): string {
  const open: string[] = [];
  let text = "";
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    text += decode(html.slice(at, next === -1 ? html.length : next));
    if (next === -1) break;
    const end = html.indexOf(">", next);
    if (end === -1) throw refusal(`Unclosed start tag at byte offset ${next}`);
    readTag(html.slice(next + 1, end), open, next);
    at = end + 1;
  }
  if (open.length > 0) throw refusal(`Can't find end tag corresponding to start tag "${open.at(-1)}"`);
  return text;
}

function readTag(source: string, open: string[], offset: number): void {
  if (source.startsWith("/")) {
    const name = source.slice(1).trim().toLowerCase();
    const expected = open.pop();
    if (expected === undefined) throw refusal(`Unexpected end tag at byte offset ${offset}`);
    if (name !== expected)
      throw refusal(`Unmatched end tag at byte offset ${offset}, expected "</${expected}>", found "</${name}>"`);
    return;
  }
  const [, rawName = "", attributes = ""] = /^([^\s/>]*)\s*(.*)$/s.exec(source) ?? [];
  const name = rawName.toLowerCase();
  const tag = TAGS[name];
  if (!tag) throw refusal(`Unsupported start tag "${name}" at byte offset ${offset}`);
  checkAttributes(name, attributes, tag.attributes, offset);
  const isLanguage = name === "code" && open.at(-1) === "pre";
  const isInCode = open.some((outer) => TAGS[outer]?.isCode);
  if ((isInCode && !isLanguage) || (tag.isCode && open.length > 0 && !isLanguage))
    throw refusal(`Code can't be combined with other entities at byte offset ${offset}`);
  if (tag.isQuote && open.some((outer) => TAGS[outer]?.isQuote))
    throw refusal(`Nested blockquote at byte offset ${offset}`);
  open.push(name);
}

function checkAttributes(tag: string, source: string, allowed: string[], offset: number): void {
  const rest = source.replace(
    /([a-z-]+)(?:\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+)))?\s*/gi,
    (_, attribute: string) => {
      if (!allowed.includes(attribute.toLowerCase()))
        throw refusal(`Unsupported attribute "${attribute}" of "${tag}" at byte offset ${offset}`);
      return "";
    },
  );
  if (rest !== "") throw refusal(`Malformed attributes of "${tag}" at byte offset ${offset}`);
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (raw, decimal?: string, hex?: string, name?: string) => {
    if (name) return ENTITIES[name] ?? raw;
    return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex ?? "0", 16));
  });
}

function refusal(reason: string): EntityError {
  return new EntityError(`Bad Request: can't parse entities: ${reason}`);
}

/** What a visitor reads of a message; markup that Telegram would refuse is refused. */
export function shownText(html: string): string {
  try {
    return parseTelegramHtml(html);
  } catch (error) {
    throw error instanceof EntityError ? refuse(400, error.message) : error;
  }
}
