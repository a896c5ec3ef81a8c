const isRow = (line: string) => /^(?:[-*•–—·]|\d{1,3}[.)])\s|\t| \| |^[^.!?]{1,60}: .*; [^.!?]{1,60}: /u.test(line);
// Full stops that end no sentence.
const ABBREVIATION =
  /(?:^|[\s(])(?:т\.\s?[дпек]|\p{L}|др|пр|ул|им|кв|оф|корп|руб|коп|тыс|млн|стр|рис|см|тел|e\.g|i\.e|etc|mr|mrs|dr|no|vs|inc|ltd)\.\s*$/iu;

export type Piece = { text: string; isLine: boolean };

/** The sentences, list items and rows of a passage, in order. Rows of a Markdown table carry their columns' names. */
export function piecesOf(text: string): Piece[] {
  return joinWrapped(readTables(text.split("\n"))).flatMap((line): Piece[] => {
    const trimmed = line.trim();
    if (trimmed === "") return [];
    if (isRow(trimmed)) return [{ text: trimmed.replace(/^[-*•–—·]\s+/u, ""), isLine: true }];
    return sentences(trimmed).map((sentence) => ({ text: sentence, isLine: false }));
  });
}

// A line this long that ends without a stop was broken by the width of a page, so a figure may go on with it.
const WRAPPED_CHARS = 60;

// Lines broken by a page's width are one paragraph: the next one goes on in lower case.
function joinWrapped(lines: string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const previous = joined.at(-1);
    const goesOn =
      previous !== undefined &&
      /[\p{L}\p{N},–—-]$/u.test(previous.trim()) &&
      (previous.length < WRAPPED_CHARS ? /^\s*[\p{Ll}(]/u : /^\s*[\p{Ll}\p{N}(]/u).test(line) &&
      !isRow(previous.trim()) &&
      !isRow(line.trim());
    if (goesOn) joined[joined.length - 1] = `${previous.trimEnd()} ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
}

const segmenter = new Intl.Segmenter("ru", { granularity: "sentence" });

function sentences(text: string): string[] {
  const result: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const previous = result.at(-1);
    if (previous !== undefined && (ABBREVIATION.test(previous) || /^\s*\p{Ll}/u.test(segment)))
      result[result.length - 1] = previous + segment;
    else result.push(segment);
  }
  return result.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

const isTableLine = (line: string) => /^\s*\|.*\|\s*$/.test(line);
const isTableRule = (line: string) => /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);
const cellsOf = (line: string) =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

// A row is quoted as "Column: value; …"; where the passage begins amid a table, its values stand alone.
function readTables(lines: string[]): string[] {
  let names: string[] = [];
  return lines.flatMap((line, index) => {
    if (!isTableLine(line)) {
      names = [];
      return [line];
    }
    if (isTableRule(line)) return [];
    const cells = cellsOf(line);
    if (isTableRule(lines[index + 1] ?? "")) {
      names = cells;
      return [];
    }
    const values = cells.map((cell, column) => (cell !== "" && names[column] ? `${names[column]}: ${cell}` : cell));
    return [`- ${values.filter(Boolean).join("; ")}`];
  });
}
