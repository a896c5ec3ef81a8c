import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
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
    /** Indexed terms of all passages: with the passage count the average length that BM25 needs. */
    termCount: integer().notNull().default(0),
    text: text(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** What the hold of the current try stands for: fresh with each try, null for documents that are older than money. */
    chargeId: uuid(),
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
    /** Indexed terms, as in `documents`. */
    termCount: integer().notNull().default(0),
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
    /** The document or the Q&A entry, whichever it is: one name for both in the inverted index. */
    sourceId: uuid().notNull(),
    ordinal: integer().notNull(),
    heading: text().notNull().default(""),
    text: text().notNull(),
    startOffset: integer().notNull(),
    endOffset: integer().notNull(),
    page: integer(),
    embedding: real().array(),
    embeddingModel: text(),
  },
  (t) => [
    index().on(t.workspaceId, t.assistantId),
    index().on(t.documentId),
    index().on(t.qaId),
    uniqueIndex().on(t.sourceId, t.ordinal),
    check("knowledge_chunks_source_check", sql`${t.sourceId} = coalesce(${t.documentId}, ${t.qaId})`),
  ],
);

/**
 * The inverted index of BM25: one row per term of a document or Q&A entry, with parallel lists of the passages that
 * have it, how often, and how long each of them is, so that ranking reads this table alone.
 */
export const knowledgeTerms = pgTable(
  "knowledge_terms",
  {
    workspaceId: uuid().notNull(),
    assistantId: uuid().notNull(),
    term: text().notNull(),
    sourceId: uuid().notNull(),
    documentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    qaId: uuid().references(() => qaEntries.id, { onDelete: "cascade" }),
    ordinals: integer().array().notNull(),
    frequencies: smallint().array().notNull(),
    termCounts: smallint().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.assistantId, t.term, t.sourceId] }),
    index().on(t.documentId),
    index().on(t.qaId),
  ],
);
