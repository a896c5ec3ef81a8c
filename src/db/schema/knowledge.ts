import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, real, smallint, text, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { DOCUMENT_KINDS, DOCUMENT_STATUSES, type DocumentStatus } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { users } from "@/db/schema/users";
import { workspaceRef } from "@/db/schema/workspaces";

const assistantRef = () =>
  uuid()
    .notNull()
    .references(() => assistants.id, { onDelete: "cascade" });

export const documents = pgTable(
  "documents",
  {
    id: id(),
    workspaceId: workspaceRef(),
    assistantId: assistantRef(),
    kind: text().$type<(typeof DOCUMENT_KINDS)[number]>().notNull(),
    /** As typed by the person, without control characters. */
    name: text().notNull(),
    mimeType: text().notNull().default("text/plain"),
    sizeBytes: bigint({ mode: "number" }).notNull(),
    contentHash: text().notNull(),
    /** Null for text that was typed in. */
    storageKey: text(),
    status: text().$type<DocumentStatus>().notNull().default("queued"),
    /** 0 to 100 over all stages. */
    progress: integer().notNull().default(0),
    /** Facts of the running stage, such as the page that is read. */
    stageDetail: jsonb().$type<Record<string, number>>().notNull().default({}),
    errorCode: text(),
    attempts: integer().notNull().default(0),
    language: text(),
    pageCount: integer(),
    chunkCount: integer().notNull().default(0),
    text: text(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    readyAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index().on(t.workspaceId, t.assistantId, t.createdAt),
    index().on(t.assistantId, t.contentHash),
    oneOf("documents_kind_check", t.kind, DOCUMENT_KINDS),
    oneOf("documents_status_check", t.status, DOCUMENT_STATUSES),
  ],
);

export const qaEntries = pgTable(
  "qa_entries",
  {
    id: id(),
    workspaceId: workspaceRef(),
    assistantId: assistantRef(),
    question: text().notNull(),
    answer: text().notNull(),
    isActive: boolean().notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index().on(t.workspaceId, t.assistantId, t.createdAt)],
);

export const knowledgeChunks = pgTable(
  "knowledge_chunks",
  {
    id: id(),
    workspaceId: workspaceRef(),
    assistantId: assistantRef(),
    documentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    qaId: uuid().references(() => qaEntries.id, { onDelete: "cascade" }),
    ordinal: integer().notNull(),
    heading: text().notNull().default(""),
    text: text().notNull(),
    startOffset: integer().notNull(),
    endOffset: integer().notNull(),
    page: integer(),
    /** Number of indexed terms: the document length of BM25. */
    termCount: integer().notNull(),
    embedding: real().array(),
    embeddingModel: text(),
  },
  (t) => [index().on(t.workspaceId, t.assistantId), index().on(t.documentId), index().on(t.qaId)],
);

/** The inverted index of BM25: one row per distinct term of a passage. */
export const knowledgeTerms = pgTable(
  "knowledge_terms",
  {
    workspaceId: workspaceRef(),
    assistantId: assistantRef(),
    term: text().notNull(),
    chunkId: uuid()
      .notNull()
      .references(() => knowledgeChunks.id, { onDelete: "cascade" }),
    frequency: smallint().notNull(),
    /** Copy of the passage's term count, so that ranking reads this index alone. */
    termCount: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.assistantId, t.term, t.chunkId] }), index().on(t.chunkId)],
);
