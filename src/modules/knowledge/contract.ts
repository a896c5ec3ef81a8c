import * as z from "zod";
import type { DocumentStatus } from "@/db/enums";
import { storable } from "@/lib/text";

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
  documentsPerWorkspace: 100,
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

const assistantId = z.uuid();
const typed = z.string().overwrite(storable);
const name = typed.trim().min(1).max(knowledgeLimits.titleChars);
const page = { cursor: z.uuid().optional(), limit: z.int().min(1).max(100).default(50) };

export const documentRef = z.object({ id: z.uuid() });
export const listDocumentsInput = z.object({ assistantId, ...page });
export const addTextInput = z.object({
  assistantId,
  title: name,
  text: typed.max(knowledgeLimits.textChars).refine((text) => text.trim() !== "", { error: "required" }),
});
export const uploadInput = z.object({ assistantId, keepDuplicate: z.stringbool().default(false) });
export const passagesInput = z.object({
  id: z.uuid(),
  cursor: z.int().min(0).optional(),
  limit: z.int().min(1).max(200).default(50),
});

const qaFields = {
  question: typed.trim().min(1).max(knowledgeLimits.questionChars),
  answer: typed.trim().min(1).max(knowledgeLimits.answerChars),
};
export const createQaInput = z.object({ assistantId, ...qaFields });
export const updateQaInput = z.object({ id: z.uuid(), ...qaFields });
export const qaRef = z.object({ id: z.uuid() });
export const listQaInput = z.object({ assistantId, search: typed.trim().max(200).optional(), ...page });

export const searchInput = z.object({
  assistantId,
  query: typed.trim().min(1).max(knowledgeLimits.queryChars),
  limit: z.int().min(1).max(knowledgeLimits.searchResults).default(5),
});

export type ListDocumentsInput = z.infer<typeof listDocumentsInput>;
export type AddTextInput = z.infer<typeof addTextInput>;
export type CreateQaInput = z.infer<typeof createQaInput>;
export type UpdateQaInput = z.infer<typeof updateQaInput>;
export type ListQaInput = z.infer<typeof listQaInput>;
export type PassagesInput = z.infer<typeof passagesInput>;
export type SearchInput = z.infer<typeof searchInput>;

/** Stands between the headings of a passage's path. */
export const headingSeparator = " › ";

/** Facts of the running stage: pages read of all, passages embedded of all. */
export type StageDetail = { done?: number; total?: number };

export type DocumentItem = {
  id: string;
  assistantId: string;
  kind: "file" | "text";
  name: string;
  mimeType: string;
  sizeBytes: number;
  status: DocumentStatus;
  /** 0 to 100 over all stages. */
  progress: number;
  stage: StageDetail;
  error: IngestionFailure | null;
  language: string | null;
  pageCount: number | null;
  chunkCount: number;
  createdAt: Date;
  updatedAt: Date;
};

export type DocumentPassage = { id: string; ordinal: number; heading: string; text: string; page: number | null };
export type QaItem = {
  id: string;
  assistantId: string;
  question: string;
  answer: string;
  createdAt: Date;
  updatedAt: Date;
};

/** A found passage, verbatim. `score` is 0 to 1 within one search; `offsets` are positions in the document's stored text. */
export type FoundPassage = {
  chunkId: string;
  documentId: string | null;
  qaId: string | null;
  title: string;
  text: string;
  heading: string;
  page: number | null;
  offsets: { start: number; end: number };
  score: number;
};
