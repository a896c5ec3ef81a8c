import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { bold, code, codeBlock, italic, link, type Mark, quote, type Run, struck, toPlain, withMark } from "./runs";
import { tableRows } from "./table";

// Telegram links web addresses with a dot in their host. Of others it shows the label alone, and e-mail addresses become
// wrong links; written out, it finds them and phone numbers by itself.
const LINKABLE = /^https?:\/\/[^/?#\s]+\.[^/?#\s]/i;
const WRITTEN_BARE = /^(?:mailto|tel):/i;
// A longer tag, as Telegram reads it, would leave a message no room for its text; such addresses are written out instead.
const MAX_LINK_TAG = 700;
const MAX_DEPTH = 40;
// The one tag that models write between words, for want of a line break in a cell of a table.
const BREAK = /^<br\s*\/?>$/i;
const LEADING_BREAKS = /^(?:<br\s*\/?>\s*)+/i;

/**
 * Markdown as runs of raw text under Telegram's entities. Nothing is lost: what Telegram cannot show (raw HTML, images,
 * unusual links) stays as text, numbers of lists stay numbers, tables become aligned code.
 */
export function markdownToRuns(markdown: string): Run[] {
  try {
    return blocks(lexer(markdown, { gfm: true }), [], 0);
  } catch {
    // A text that the parser gives up on, for instance thousands of nested quotes, is shown as it was written.
    return [{ text: markdown, marks: [] }];
  }
}

type Marks = readonly Mark[];

function blocks(tokens: readonly Token[], marks: Marks, depth: number): Run[] {
  const runs: Run[] = [];
  for (const token of tokens) {
    const block = blockRuns(token, marks, depth);
    if (block.length === 0) continue;
    if (runs.length > 0) runs.push({ text: "\n\n", marks: outerMarks(marks) });
    runs.push(...block);
  }
  return runs;
}

function blockRuns(token: Token, marks: Marks, depth: number): Run[] {
  if (depth > MAX_DEPTH) return [{ text: token.raw.trimEnd(), marks }];
  // The lexer's union ends in a catch-all member that hides the discriminant; without extensions it never occurs.
  const block = token as MarkedToken;
  switch (block.type) {
    case "space":
      return [];
    case "heading":
      return inlines(block.tokens, withMark(marks, bold()), depth);
    case "paragraph":
      return inlines(block.tokens, marks, depth);
    case "blockquote":
      return blocks(block.tokens, withMark(marks, quote()), depth + 1);
    case "code":
      return [codeRun(block, marks)];
    case "list":
      return listRuns(block, marks, depth);
    case "table":
      return [tableRun(block, marks, depth)];
    case "hr":
      return [{ text: "———", marks }];
    case "html": {
      const text = block.raw.replace(LEADING_BREAKS, "").trimEnd();
      return text === "" ? [] : [{ text, marks }];
    }
    case "def":
      return [{ text: block.raw.trimEnd(), marks }];
    default:
      return inlines([block], marks, depth);
  }
}

/** What stands behind the fence is the language when it is one word; anything else is kept as the first line. */
function codeRun({ raw, text, lang = "" }: Tokens.Code, marks: Marks): Run {
  const isLanguage = /^\S*$/.test(lang) && codeBlock(lang).open !== codeBlock("").open;
  const lines = isLanguage || lang === "" ? text : `${lang}\n${text}`;
  return { text: lines.trim() === "" ? raw.trim() : lines, marks: withMark(marks, codeBlock(isLanguage ? lang : "")) };
}

/** Marks inside cells would show as signs, so the words stand alone there, each address behind its own. */
function tableRun(table: Tokens.Table, marks: Marks, depth: number): Run {
  const marked = withMark(marks, codeBlock(""));
  const rows = tableRows(table, ({ tokens }) => toPlain(inlines(tokens, marked, depth + 1)));
  return { text: rows.join("\n"), marks: marked };
}

function listRuns(list: Tokens.List, marks: Marks, depth: number): Run[] {
  const first = typeof list.start === "number" ? list.start : 1;
  return list.items.flatMap((item, index) => {
    const bullet = item.task ? (item.checked ? "☑ " : "☐ ") : list.ordered ? `${first + index}. ` : "• ";
    const lead: Run = { text: `${index > 0 ? "\n" : ""}${bullet}`, marks };
    return [lead, ...indent(itemRuns(item, marks, depth), "   ")];
  });
}

function itemRuns(item: Tokens.ListItem, marks: Marks, depth: number): Run[] {
  const runs: Run[] = [];
  for (const token of item.tokens) {
    const block = blockRuns(token, marks, depth + 1);
    if (block.length === 0) continue;
    if (runs.length > 0) runs.push({ text: "\n", marks: outerMarks(marks) });
    runs.push(...block);
  }
  return runs;
}

/** Lines after the first step in under their bullet; code keeps its own lines as they are. */
function indent(runs: Run[], margin: string): Run[] {
  return runs.map((run) =>
    run.marks.some(({ kind }) => kind === "code") ? run : { ...run, text: run.text.replaceAll("\n", `\n${margin}`) },
  );
}

function inlines(tokens: readonly Token[], marks: Marks, depth: number): Run[] {
  return tokens.flatMap((token) => inlineRuns(token, marks, depth));
}

function inlineRuns(token: Token, marks: Marks, depth: number): Run[] {
  if (depth > MAX_DEPTH) return [{ text: token.raw, marks }];
  // The same catch-all member as among the blocks.
  const part = token as MarkedToken;
  switch (part.type) {
    case "strong":
      return inlines(part.tokens, withMark(marks, bold()), depth + 1);
    case "em":
      return inlines(part.tokens, withMark(marks, italic()), depth + 1);
    case "del":
      return inlines(part.tokens, withMark(marks, struck()), depth + 1);
    case "codespan":
      // Telegram shows either a link or code, and the address says more than the typeface.
      if (marks.some(({ kind }) => kind === "link")) return [{ text: part.text, marks }];
      return [{ text: part.text, marks: withMark(outerMarks(marks), code()) }];
    case "br":
      return [{ text: "\n", marks }];
    case "escape":
      return [{ text: part.text, marks }];
    case "html":
      return [{ text: BREAK.test(part.raw) ? "\n" : part.raw, marks }];
    case "checkbox":
      return [];
    case "link":
      return linkRuns(part, marks, depth);
    case "image":
      return [{ text: part.text ? `${part.text} (${part.href})` : part.href, marks }];
    case "text":
      return part.tokens ? inlines(part.tokens, marks, depth + 1) : [{ text: decodeEntities(part.text), marks }];
    default:
      return [{ text: part.raw, marks }];
  }
}

function linkRuns(token: Tokens.Link, marks: Marks, depth: number): Run[] {
  const inner = inlines(token.tokens, marks, depth + 1);
  const label = inner.map(({ text }) => text).join("");
  const address = token.href.replace(WRITTEN_BARE, "");
  const isBare = [token.href, address].includes(label) || `http://${label}` === token.href;
  if (isBare || (/^tel:/i.test(token.href) && digitsOf(label) === digitsOf(address))) return inner;
  const mark = link(token.href);
  const linked = withMark(marks, mark);
  const isShown = LINKABLE.test(token.href) && mark.open.length <= MAX_LINK_TAG && linked.includes(mark);
  if (!isShown || label.trim() === "") return [...inner, { text: ` (${address})`, marks }];
  return inlines(token.tokens, linked, depth + 1);
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, "");

/** Separators belong to a surrounding quote, never to emphasis or code. */
function outerMarks(marks: Marks): Marks {
  return marks.filter(({ kind }) => kind === "quote");
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** Markdown allows character references in text; the common names and all numbers are resolved, others stay as typed. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi,
    (raw, decimal?: string, hex?: string, name?: string) => {
      if (name) return NAMED[name.toLowerCase()] ?? raw;
      const point = decimal ? Number(decimal) : parseInt(hex ?? "", 16);
      const isCharacter = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
      return isCharacter ? String.fromCodePoint(point) : raw;
    },
  );
}
