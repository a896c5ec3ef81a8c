import { renderRow } from "./html";

const headerSearchRows = 10;

/** Rows of a sheet as lines; the first row of texts names the columns, lone title lines above it stay as they are. */
export function tableRows(rows: string[][]): string[] {
  const filled = rows
    .map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()))
    .filter((row) => row.some((cell) => cell !== ""));
  const header = findHeader(filled);
  if (header === null) return filled.map((row) => renderRow(row, []));
  const names = filled[header] ?? [];
  return [
    ...filled.slice(0, header).map((row) => renderRow(row, [])),
    names.filter(Boolean).join("; "),
    ...filled.slice(header + 1).map((row) => renderRow(row, names)),
  ];
}

// A header names columns: at least two different texts, no numbers, as wide as most of what follows.
function findHeader(rows: string[][]): number | null {
  const widths = rows.map((row) => row.filter(Boolean).length);
  const usual = Math.max(...widths.slice(0, 50), 0);
  for (let i = 0; i < Math.min(headerSearchRows, rows.length - 1); i += 1) {
    const cells = (rows[i] ?? []).filter(Boolean);
    if (cells.length < 2 || cells.length * 2 < usual) continue;
    const areNames =
      cells.every((cell) => /\p{L}/u.test(cell) && cell.length <= 80) && new Set(cells).size === cells.length;
    return areNames ? i : null;
  }
  return null;
}
