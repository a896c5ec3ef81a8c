import type { Locale } from "@/lib/locales";

/** Excel takes a file for UTF-8 only when it begins with this mark. */
export const CSV_MARK = "\uFEFF";

/** Where decimals have a comma, spreadsheets expect columns to be parted by semicolons. */
export const CSV_SPELLING = {
  en: { separator: ",", point: "." },
  ru: { separator: ";", point: "," },
} as const satisfies Record<Locale, object>;

type Cell = string | { /** Digits that we wrote ourselves. */ number: string };

/** One line of a spreadsheet. Text that a program would take for a formula is marked as text. */
export function csvRow(cells: readonly Cell[], separator: "," | ";"): string {
  const written = cells.map((cell) => quoted(typeof cell === "string" ? harmless(cell) : cell.number, separator));
  return `${written.join(separator)}\r\n`;
}

// Spreadsheets run what begins with these, also behind spaces that they trim and, in East Asian editions, in full width.
function harmless(text: string): string {
  return /^[\s\u00a0]*[=+\-@\t\r\n|%＝＋－＠]/.test(text) ? `'${text}` : text;
}

function quoted(text: string, separator: string): string {
  const isPlain = !/["\r\n\t']/.test(text) && !text.includes(separator);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Text that is written while it is read: nothing is made before somebody takes it, and a reader who leaves ends the work. */
export function streamText(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
