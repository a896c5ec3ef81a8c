import type { ExtractedSection } from "./document";

/** A printed line: its text, type size and place on the page, in points. */
export type PdfLine = { text: string; size: number; y: number; left: number; right: number };

type TextItem = { str: string; transform: number[]; width: number; height: number; hasEOL: boolean };

const headingRatio = 1.15;
const headingMaxChars = 160;

/** Joins a page's text items into lines; a wide gap inside a line is a table's column. */
export function readLines(items: readonly unknown[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | null = null;
  for (const item of items) {
    if (!isTextItem(item)) continue;
    const [, , , scaleY = 0, x = 0, y = 0] = item.transform;
    const size = Math.abs(scaleY) || item.height;
    if (item.str.trim() === "") {
      if (line !== null && item.str !== "" && !/\s$/.test(line.text)) line.text += " ";
      continue;
    }
    if (line === null || Math.abs(line.y - y) > Math.max(size, line.size) * 0.5) {
      line = { text: "", size, y, left: x, right: x };
      lines.push(line);
    }
    line.text += separator(line, x, size) + item.str;
    line.right = Math.max(line.right, x + item.width);
    line.size = Math.max(line.size, size);
  }
  return lines.map((l) => ({ ...l, text: l.text.replace(/\s+/g, " ").trim() })).filter((l) => l.text !== "");
}

/** Pages of lines as sections: one for each heading on each page, so that every passage knows its page. */
export function layOut(pages: PdfLine[][]): ExtractedSection[] {
  const running = runningTitles(pages);
  const body = bodySize(pages);
  const levels = headingSizes(pages, body);
  const path: string[] = [];
  const sections: ExtractedSection[] = [];
  pages.forEach((page, index) => {
    let current: PdfLine[] = [];
    const close = () => {
      if (current.length > 0)
        sections.push({ heading: path.filter(Boolean), text: joinLines(current), page: index + 1, isRows: false });
      current = [];
    };
    const lines = page.filter((line) => !running.has(titleKey(line)));
    lines.forEach((line, i) => {
      const level = levels.indexOf(roundSize(line.size));
      if (level >= 0 && line.text.length <= headingMaxChars) {
        const before = lines[i - 1];
        const isContinued =
          before !== undefined && roundSize(before.size) === roundSize(line.size) && current.length === 1;
        if (!isContinued) close();
        path.length = level;
        path[level] = isContinued && current[0] !== undefined ? `${current[0].text} ${line.text}` : line.text;
      }
      current.push(line);
    });
    close();
  });
  return sections;
}

function isTextItem(item: unknown): item is TextItem {
  return typeof item === "object" && item !== null && "str" in item && "transform" in item;
}

function separator(line: PdfLine, x: number, size: number): string {
  const gap = x - line.right;
  if (line.text.trim() === "") return "";
  if (gap > size * 2 || gap < -size * 2) return " | ";
  return gap > size * 0.2 && !/\s$/.test(line.text) ? " " : "";
}

const roundSize = (size: number) => Math.round(size * 2) / 2;

function bodySize(pages: PdfLine[][]): number {
  const charsBySize = new Map<number, number>();
  for (const line of pages.flat()) {
    const size = roundSize(line.size);
    charsBySize.set(size, (charsBySize.get(size) ?? 0) + line.text.length);
  }
  return [...charsBySize].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

function headingSizes(pages: PdfLine[][], body: number): number[] {
  const sizes = new Set(pages.flat().map((line) => roundSize(line.size)));
  return [...sizes]
    .filter((size) => size >= body * headingRatio)
    .sort((a, b) => b - a)
    .slice(0, 6);
}

// What stands at the edge of most pages, figures aside, is a running title or a page number.
function runningTitles(pages: PdfLine[][]): ReadonlySet<string> {
  if (pages.length < 4) return new Set();
  const counts = new Map<string, number>();
  for (const page of pages) {
    const edges = new Set(
      [page[0], page[1], page.at(-1), page.at(-2)].flatMap((line) => (line ? [titleKey(line)] : [])),
    );
    for (const key of edges) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= pages.length * 0.6).map(([key]) => key));
}

const titleKey = (line: PdfLine) => `${Math.round(line.y)} ${line.text.replace(/\d+/g, "#")}`;

function joinLines(lines: PdfLine[]): string {
  const width = Math.max(...lines.map((line) => line.right));
  return lines.reduce((text, line, index) => {
    const previous = lines[index - 1];
    return previous === undefined ? line.text : joinLine(text, previous, line, width);
  }, "");
}

function joinLine(text: string, previous: PdfLine, line: PdfLine, width: number): string {
  const gap = Math.abs(previous.y - line.y);
  const isNewParagraph = gap > Math.max(previous.size, line.size) * 1.9 || Math.abs(previous.size - line.size) > 1;
  if (isNewParagraph) return `${text}\n\n${line.text}`;
  const isRow =
    line.text.includes(" | ") || previous.text.includes(" | ") || /^(?:[-•–—·▪●*]|\d{1,3}[.)])\s/.test(line.text);
  const endsEarly = previous.right < width * 0.75 && /[.!?:;…»")]$/.test(previous.text);
  if (isRow || endsEarly) return `${text}\n${line.text}`;
  if (/\p{L}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(line.text)) return text.replace(/[-\u00ad]$/u, "") + line.text;
  return `${text} ${line.text}`;
}
