import readSheets from "read-excel-file/node";
import { type Extracted, ExtractionError, type ExtractedSection } from "./document";
import { tableRows } from "./table";
import { checkZip } from "./zip-guard";

/** A workbook: every sheet is a section named after it, every row a line in which values carry their column's name. */
export async function extractXlsx(bytes: Uint8Array): Promise<Extracted> {
  await checkZip(bytes, "xlsx");
  const sheets = await readSheets(Buffer.from(bytes)).catch((error: unknown) => {
    throw new ExtractionError("damaged", { cause: error });
  });
  const sections = sheets.map(({ sheet, data }): ExtractedSection => ({
    heading: [sheet],
    text: tableRows(data.map((row) => row.map(renderCell))).join("\n"),
    page: null,
    isRows: true,
  }));
  return { sections, pageCount: null };
}

function renderCell(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return renderDate(cell);
  // Binary fractions such as 0.30000000000000004 are noise of the file format, not what the sheet shows.
  return typeof cell === "number" ? String(Number(cell.toPrecision(15))) : String(cell);
}

function renderDate(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 5)}`;
}
