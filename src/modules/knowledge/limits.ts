// Beside the contract, so that pages which only need a number or a list do not load the validation.

/** What may be uploaded; the form advertises exactly this list. */
export const FILE_TYPES = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  txt: "text/plain",
  md: "text/markdown",
  html: "text/html",
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
} as const;

export type FileType = keyof typeof FILE_TYPES;

export const knowledgeLimits = {
  fileBytes: 25 * 1024 * 1024,
  documentsPage: 100,
  titleChars: 200,
  textChars: 200_000,
  questionChars: 1_000,
  answerChars: 10_000,
  queryChars: 1_000,
  searchResults: 20,
} as const;

/** Why a file is turned away at the door. Nothing of it is kept. */
export const UPLOAD_REFUSALS = [
  "empty",
  "too-large",
  "unsupported-type",
  "legacy-doc",
  "executable",
  "not-a-pdf",
  "not-a-docx",
  "not-an-xlsx",
  "not-text",
  "truncated",
  "encrypted",
  "zip-bomb",
  "quota",
  "duplicate",
  "no-funds",
  "not-offered",
  "no-space",
] as const;
export type UploadRefusal = (typeof UPLOAD_REFUSALS)[number];

/** Why an accepted file could not be read. */
export const INGESTION_FAILURES = [
  "encrypted",
  "no-text",
  "damaged",
  "zip-bomb",
  "too-much-text",
  "too-complex",
  "timeout",
  "file-missing",
  "internal",
] as const;
export type IngestionFailure = (typeof INGESTION_FAILURES)[number];

/** Failures that the same file may survive at another time; the others need another file. */
export const RETRYABLE_FAILURES: readonly IngestionFailure[] = ["too-complex", "timeout", "internal"];

/** Stands between the headings of a passage's path. */
export const headingSeparator = " › ";
