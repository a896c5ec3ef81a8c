import { parse } from "csv-parse/sync";
import { decodeText } from "./encoding";
import { type Extracted, ExtractionError } from "./document";
import { tableRows } from "./table";

const delimiters = [",", ";", "\t", "|"] as const;

/** A table in text: every row becomes one line in which each value carries its column's name. */
export function extractCsv(bytes: Uint8Array): Extracted {
  const text = decodeText(bytes);
  return {
    sections: [{ heading: [], text: tableRows(parseRows(text)).join("\n"), page: null, isRows: true }],
    pageCount: null,
  };
}

function parseRows(text: string): string[][] {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const options = {
    delimiter: declared?.[1] ?? detectDelimiter(body),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  try {
    return parse(body, options);
  } catch {
    // Stray quotes are common in hand-made files; without quoting rules every line still has its values.
    return parseUnquoted(body, options);
  }
}

function parseUnquoted(body: string, options: { delimiter: string }): string[][] {
  try {
    return parse(body, { ...options, relax_column_count: true, skip_empty_lines: true, trim: true, quote: null });
  } catch (error) {
    throw new ExtractionError("damaged", { cause: error });
  }
}

/** The separator that cuts the first lines into the most columns, the same number in each. */
export function detectDelimiter(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 20);
  const scored = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, "").split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    const agreeing = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { delimiter, score: first * agreeing };
  });
  return scored.reduce((best, candidate) => (candidate.score > best.score ? candidate : best)).delimiter;
}
