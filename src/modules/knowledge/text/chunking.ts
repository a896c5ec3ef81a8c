import { headingSeparator } from "../limits";

/** A stretch of a document under one heading. Offsets are UTF-16 positions in the document's stored text. */
export type Section = { heading: string[]; start: number; end: number; page: number | null; isRows: boolean };

/** What an extractor found: `isRows` says that a line is a record and must stay whole. */
export type ExtractedSection = { heading: string[]; text: string; page: number | null; isRows: boolean };

/** A passage: `text` is exactly `document.slice(start, end)`; `heading` is kept apart so that a quotation stays verbatim. */
export type Chunk = { start: number; end: number; text: string; heading: string; page: number | null };

/** Figures of the product specification: characters of one passage, of the overlap, and of the shortest one. */
export const chunkLimits = { maxChars: 800, overlapChars: 50, minChars: 50 } as const;

/** Joins sections into the one text that is stored, shown and cited; NFC, control characters dropped. */
export function assembleText(sections: ExtractedSection[]): { text: string; sections: Section[] } {
  const placed: Section[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const section of sections) {
    const text = cleanText(section.text);
    if (text === "") continue;
    if (parts.length > 0) {
      parts.push("\n\n");
      length += 2;
    }
    placed.push({
      ...section,
      heading: section.heading.map(cleanText).filter(Boolean),
      start: length,
      end: length + text.length,
    });
    parts.push(text);
    length += text.length;
  }
  return { text: parts.join(""), sections: placed };
}

/** Cuts a text into overlapping passages at the best boundary near the limit: paragraph, row or sentence, line, word. */
export function chunkText(text: string, sections: Section[]): Chunk[] {
  return joinShort(sections).flatMap((section) => chunkSection(text, section));
}

// A line of five words makes a poor passage on its own, so it leads or closes its neighbour; a short whole text stays.
function joinShort(sections: Section[]): Section[] {
  const joined: Section[] = [];
  for (const section of sections) {
    const previous = joined.at(-1);
    const isShort = (s: Section) => s.end - s.start < chunkLimits.minChars;
    if (
      previous !== undefined &&
      (isShort(previous) || isShort(section)) &&
      section.end - previous.start <= chunkLimits.maxChars
    ) {
      const heading = previous.heading.length > 0 ? previous.heading : section.heading;
      joined[joined.length - 1] = { ...previous, heading, end: section.end };
    } else {
      joined.push(section);
    }
  }
  return joined;
}

function chunkSection(text: string, section: Section): Chunk[] {
  const chunks: Chunk[] = [];
  const breaks = findBreaks(text, section);
  let start = section.start;
  let firstBreak = 0;
  while (start < section.end) {
    while ((breaks[firstBreak]?.offset ?? Infinity) <= start + chunkLimits.minChars) firstBreak += 1;
    const cut = chooseCut(text, section, breaksInReach(breaks, firstBreak, start), start);
    const chunk = trimmed(text, start, cut.offset, section);
    if (chunk !== null) chunks.push(chunk);
    if (cut.offset >= section.end) break;
    start = cut.rank === "running" ? overlapStart(text, start, cut.offset) : cut.offset;
  }
  return chunks;
}

type Rank = "paragraph" | "row" | "running";
type Break = { offset: number; rank: Rank; weight: number };

function findBreaks(text: string, section: Section): Break[] {
  if (section.end - section.start <= chunkLimits.maxChars) return [];
  const breaks: Break[] = [];
  const body = text.slice(section.start, section.end);
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(body)) {
    const end = index + segment.length;
    const offset = section.start + end;
    if (/\n\s*$/.test(segment)) {
      const isParagraph = /^[ \t]*\n/.test(body.slice(end, end + 40)) || /\n[ \t]*\n\s*$/.test(segment);
      if (isParagraph && !section.isRows) breaks.push({ offset, rank: "paragraph", weight: 3 });
      else if (section.isRows || isRow(segment) || startsItem(body.slice(end, end + 12)))
        breaks.push({ offset, rank: "row", weight: 2 });
      else breaks.push({ offset, rank: "running", weight: endsSentence(segment) ? 2 : 1 });
    } else if (!section.isRows) {
      breaks.push({ offset, rank: "running", weight: 2 });
    }
  }
  return breaks;
}

const isRow = (line: string) => /\t| \| /.test(line);
const startsItem = (line: string) => /^\s*(?:[-*•–—·]|\d{1,3}[.)])\s/.test(line);
const endsSentence = (line: string) => /[.!?…:;]["»”)]?\s*$/.test(line);

function breaksInReach(breaks: Break[], first: number, start: number): Break[] {
  let last = first;
  while ((breaks[last]?.offset ?? Infinity) <= start + chunkLimits.maxChars) last += 1;
  return breaks.slice(first, last);
}

function chooseCut(text: string, section: Section, inReach: Break[], start: number): Break {
  const limit = start + chunkLimits.maxChars;
  // A tail under the minimum stays with its passage instead of becoming one.
  if (section.end <= limit + chunkLimits.minChars) return { offset: section.end, rank: "paragraph", weight: 3 };
  const late = inReach.filter(({ offset }) => offset >= start + chunkLimits.maxChars / 2);
  const best = (late.length > 0 ? late : inReach).reduce<Break | null>(
    (chosen, candidate) => (chosen === null || candidate.weight >= chosen.weight ? candidate : chosen),
    null,
  );
  return best ?? { offset: wordBoundary(text, start, limit), rank: "running", weight: 0 };
}

function wordBoundary(text: string, start: number, limit: number): number {
  for (let offset = limit; offset > start + chunkLimits.maxChars / 2; offset -= 1) {
    if (/\s/.test(text.charAt(offset))) return offset;
  }
  return isLowSurrogate(text, limit) ? limit - 1 : limit;
}

function overlapStart(text: string, start: number, cut: number): number {
  const earliest = Math.max(start + 1, cut - chunkLimits.overlapChars);
  for (let offset = earliest; offset < cut; offset += 1) {
    if (/\s/.test(text.charAt(offset - 1)) && !/\s/.test(text.charAt(offset))) return offset;
  }
  return isLowSurrogate(text, earliest) ? earliest + 1 : earliest;
}

const isLowSurrogate = (text: string, offset: number) => /[\udc00-\udfff]/.test(text.charAt(offset));

function trimmed(text: string, from: number, to: number, section: Section): Chunk | null {
  const raw = text.slice(from, to);
  const body = raw.trim();
  if (body === "") return null;
  const start = from + raw.length - raw.trimStart().length;
  return {
    start,
    end: start + body.length,
    text: body,
    heading: section.heading.join(headingSeparator),
    page: section.page,
  };
}

/** NFC, newlines as \n, no control characters that Postgres or a reader would choke on, no blank edges. */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?|[\u0085\u2028\u2029\f\v]/g, "\n")
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f\ufeff\ufffe\uffff]/g, "")
    .toWellFormed()
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();
}
