import type { Tokens } from "marked";

// Wider lines wrap on a phone and the columns stop lining up.
const MAX_LINE = 48;

/** A table as lines of equal columns, or as `header: value` lines when it is too wide for a phone. */
export function tableRows(table: Tokens.Table, wordsOf: (cell: Tokens.TableCell) => string): string[] {
  if (losesWords(table)) return table.raw.trimEnd().split("\n");
  const header = table.header.map((cell) => flat(wordsOf(cell)));
  const rows = table.rows.map((row) => row.map((cell) => flat(wordsOf(cell))));
  const widths = header.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const total = widths.reduce((sum, width) => sum + width + 3, -3);
  if (total > MAX_LINE) return stacked(header, rows);
  const line = (cells: string[]) =>
    widths
      .map((width, column) => (cells[column] ?? "").padEnd(width))
      .join(" │ ")
      .trimEnd();
  return [line(header), widths.map((width) => "─".repeat(width)).join("─┼─"), ...rows.map(line)];
}

function stacked(header: string[], rows: string[][]): string[] {
  const records = rows.map((row) => row.map((cell, column) => `${header[column] ?? ""}: ${cell}`));
  if (records.length === 0) return header;
  return records.flatMap((record, index) => (index > 0 ? ["", ...record] : record));
}

function flat(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}

/** Markdown drops cells beyond the last column of the header; a table that has some is shown as it was written. */
function losesWords({ raw, header, rows }: Tokens.Table): boolean {
  const shown = [header, ...rows].flatMap((row) => row.map(({ text }) => text)).join(" ");
  return (raw.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => !shown.includes(word));
}
