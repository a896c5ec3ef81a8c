import * as z from "zod";
import type { DocumentStatus } from "@/db/enums";
import { storable } from "@/lib/text";
import { type IngestionFailure, knowledgeLimits } from "./limits";

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
export const qaWordsInput = z.object(qaFields);
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
export type QaWords = z.infer<typeof qaWordsInput>;
export type CreateQaInput = z.infer<typeof createQaInput>;
export type UpdateQaInput = z.infer<typeof updateQaInput>;
export type ListQaInput = z.infer<typeof listQaInput>;
export type PassagesInput = z.infer<typeof passagesInput>;
export type SearchInput = z.infer<typeof searchInput>;

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
