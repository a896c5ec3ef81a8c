import { decodeText } from "./encoding";
import type { Extracted, ExtractedSection } from "./document";

/** Plain text: one section, as it is. */
export function extractPlainText(bytes: Uint8Array): Extracted {
  return { sections: [{ heading: [], text: decodeText(bytes), page: null, isRows: false }], pageCount: null };
}

/** Markdown: sections by `#` headings and underlined headings, fenced code left alone. The text itself is kept as typed. */
export function extractMarkdown(bytes: Uint8Array): Extracted {
  const lines = decodeText(bytes).replace(/\r\n?/g, "\n").split("\n");
  const sections: ExtractedSection[] = [];
  const path: string[] = [];
  let isFenced = false;
  let current: string[] = [];
  const close = () => {
    if (current.some((line) => line.trim() !== "")) {
      sections.push({ heading: path.filter(Boolean), text: current.join("\n"), page: null, isRows: false });
    }
    current = [];
  };
  lines.forEach((line, index) => {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = isFenced ? null : readHeading(line, lines[index + 1]);
    if (heading !== null) {
      close();
      path.length = heading.level - 1;
      path[heading.level - 1] = heading.title;
    }
    current.push(line);
  });
  close();
  return { sections, pageCount: null };
}

function readHeading(line: string, next: string | undefined): { level: number; title: string } | null {
  const marked = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
  if (marked?.[1] !== undefined && marked[2] !== undefined) return { level: marked[1].length, title: marked[2] };
  if (line.trim() === "" || next === undefined || !/^ {0,3}(?:=+|-{3,})\s*$/.test(next) || /^[-*|>\s]/.test(line))
    return null;
  return { level: next.includes("=") ? 1 : 2, title: line.trim() };
}
