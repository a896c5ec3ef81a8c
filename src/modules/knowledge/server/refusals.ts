import { AppError, type ErrorCode } from "@/lib/errors";
import type { UploadRefusal } from "../limits";

/** Each refusal's code and its English sentence; interfaces translate by `facts.reason`. */
const REFUSALS: Record<UploadRefusal, [ErrorCode, string]> = {
  empty: ["VALIDATION", "The file is empty."],
  "too-large": ["PAYLOAD_TOO_LARGE", "The file is over 25 MB."],
  "unsupported-type": [
    "UNSUPPORTED_FILE",
    "This file type is not supported. Use PDF, DOCX, TXT, MD, HTML, CSV, XLSX or JSON.",
  ],
  "legacy-doc": ["UNSUPPORTED_FILE", "Old .doc files are not supported. Save the document as .docx or PDF."],
  executable: ["UNSUPPORTED_FILE", "This is a program, not a document."],
  "not-a-pdf": ["UNSUPPORTED_FILE", "The file is named .pdf, but its content is not a PDF."],
  "not-a-docx": ["UNSUPPORTED_FILE", "The file is named .docx, but its content is not a Word document."],
  "not-an-xlsx": ["UNSUPPORTED_FILE", "The file is named .xlsx, but its content is not an Excel workbook."],
  "not-text": ["UNSUPPORTED_FILE", "The file is named as text, but its content is not text."],
  truncated: ["UNSUPPORTED_FILE", "The file is cut off: its end is missing."],
  encrypted: ["UNSUPPORTED_FILE", "The file is protected by a password."],
  "zip-bomb": ["UNSUPPORTED_FILE", "The file unpacks to an unreasonable size."],
  quota: ["QUOTA_EXCEEDED", "The workspace has as many documents as it can hold."],
  duplicate: ["CONFLICT", "A document with this content is there already."],
  "no-funds": [
    "INSUFFICIENT_FUNDS",
    "The balance does not pay for reading this document. Nothing was stored or charged.",
  ],
  "not-offered": ["CONFLICT", "Documents are not read at the moment. Nothing was stored or charged."],
  "no-space": ["STORAGE_FULL", "There is no room left for files."],
};

/** The error of a refusal, with its reason among the facts. */
export function refuseUpload(reason: UploadRefusal, facts: Record<string, string | number> = {}): AppError {
  const [code, sentence] = REFUSALS[reason];
  return new AppError(code, sentence, { facts: { reason, ...facts } });
}
