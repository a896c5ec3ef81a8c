import { getDocumentProxy } from "unpdf";
import { type Extracted, ExtractionError, type ReportProgress } from "./document";
import { layOut, type PdfLine, readLines } from "./pdf-layout";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

// Above this no one reads the document as one; the limit keeps the lines of all pages in memory affordable.
const maxPages = 5_000;

/** A PDF with a text layer, page by page: paragraphs rejoined, headings by their type size, running titles dropped. */
export async function extractPdf(bytes: Uint8Array, report: ReportProgress): Promise<Extracted> {
  const pdf = await open(bytes);
  try {
    if (pdf.numPages > maxPages) throw new ExtractionError("too-complex");
    const pages = await readPages(pdf, report);
    if (pages.every((lines) => lines.length === 0)) throw new ExtractionError("no-text");
    return { sections: layOut(pages), pageCount: pdf.numPages };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    // The parser takes ownership of the buffer it is given.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false, maxImageSize: 0 });
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new ExtractionError(isLocked ? "encrypted" : "damaged", { cause: error });
  }
}

async function readPages(pdf: Pdf, report: ReportProgress): Promise<PdfLine[][]> {
  const pages: PdfLine[][] = [];
  let broken = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      pages.push(readLines((await page.getTextContent()).items));
      page.cleanup();
    } catch {
      // One broken page must not cost the other pages; a file of nothing but broken ones is refused below.
      pages.push([]);
      broken += 1;
    }
    report(number, pdf.numPages);
  }
  if (broken === pdf.numPages) throw new ExtractionError("damaged");
  return pages;
}
