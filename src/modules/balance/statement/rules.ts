type Cell = string | { /** Digits that we wrote ourselves. */ number: string };

/** One line of a spreadsheet. Text that a program would take for a formula is marked as text. */
export function csvRow(cells: readonly Cell[], separator: "," | ";"): string {
  const written = cells.map((cell) => quoted(typeof cell === "string" ? harmless(cell) : cell.number, separator));
  return `${written.join(separator)}\r\n`;
}

// Spreadsheets run what begins with these, also behind spaces that they trim.
function harmless(text: string): string {
  return /^[\s\u00a0]*[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
}

function quoted(text: string, separator: string): string {
  const isPlain = !/["\r\n\t']/.test(text) && !text.includes(separator);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
