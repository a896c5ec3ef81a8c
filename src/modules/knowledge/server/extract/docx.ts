import mammoth from "mammoth";
import { ExtractionError, type Extracted } from "./document";
import { htmlSections } from "./html";
import { checkZip } from "./zip-guard";

/** A Word document: headings, lists and tables through their styles; images carry no text. */
export async function extractDocx(bytes: Uint8Array): Promise<Extracted> {
  await checkZip(bytes, "docx");
  const noImages = mammoth.images.imgElement(() => Promise.resolve({ src: "" }));
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { convertImage: noImages, externalFileAccess: false },
    );
    return { sections: htmlSections(value), pageCount: null };
  } catch (error) {
    throw new ExtractionError("damaged", { cause: error });
  }
}
