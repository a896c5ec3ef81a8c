import type { FileType } from "../../limits";
import { extractCsv } from "./csv";
import type { Extractor } from "./document";
import { extractDocx } from "./docx";
import { extractHtml } from "./html";
import { extractJson } from "./json";
import { extractPdf } from "./pdf";
import { extractMarkdown, extractPlainText } from "./plain-text";
import { extractXlsx } from "./xlsx";

/** The reader of each file type; a new type does not compile until it has one. */
export const EXTRACTORS: Record<FileType, Extractor> = {
  pdf: extractPdf,
  docx: extractDocx,
  txt: extractPlainText,
  md: extractMarkdown,
  html: extractHtml,
  csv: extractCsv,
  xlsx: extractXlsx,
  json: extractJson,
};
