import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { knowledgeChunks, knowledgeTerms } from "@/db/schema/knowledge";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import type { Chunk } from "../../text/chunking";
import { type PackedPostings, readPostings } from "../../text/postings";

/** The thing whose passages are indexed. */
export type Source = { workspaceId: WorkspaceId; assistantId: string } & ({ documentId: string } | { qaId: string });

/** A passage ready to be stored; `embedding` is null without an embedding model. */
export type IndexedChunk = Chunk & { embedding: number[] | null };

const rowsPerInsert = 1_000;

/** Replaces all passages and index rows of a source. Call it inside a transaction. */
export async function replaceIndex(
  db: Db,
  source: Source,
  index: { chunks: Iterable<IndexedChunk>; postings: PackedPostings; embeddingModel: string | null },
): Promise<void> {
  const sourceId = "documentId" in source ? source.documentId : source.qaId;
  await db
    .delete(knowledgeChunks)
    .where(and(eq(knowledgeChunks.workspaceId, source.workspaceId), eq(knowledgeChunks.sourceId, sourceId)));
  await db
    .delete(knowledgeTerms)
    .where(
      and(
        eq(knowledgeTerms.workspaceId, source.workspaceId),
        "documentId" in source
          ? eq(knowledgeTerms.documentId, source.documentId)
          : eq(knowledgeTerms.qaId, source.qaId),
      ),
    );
  await insertChunks(db, source, index.chunks, index.embeddingModel);
  await insertPostings(db, source, index.postings);
}

/** Marks the assistant's knowledge as changed, which outdates every cache of it. */
export async function raiseKnowledgeVersion(db: Db, workspaceId: WorkspaceId, assistantId: string): Promise<void> {
  await db
    .update(assistants)
    .set({ knowledgeVersion: sql`${assistants.knowledgeVersion} + 1` })
    .where(and(eq(assistants.id, assistantId), eq(assistants.workspaceId, workspaceId)));
}

/** Whether the assistant exists in this workspace. */
export async function hasAssistant(db: Db, workspaceId: WorkspaceId, assistantId: string): Promise<boolean> {
  const rows = await db
    .select({ id: assistants.id })
    .from(assistants)
    .where(and(eq(assistants.id, assistantId), eq(assistants.workspaceId, workspaceId), isNull(assistants.deletedAt)));
  return rows.length > 0;
}

async function insertChunks(
  db: Db,
  source: Source,
  chunks: Iterable<IndexedChunk>,
  model: string | null,
): Promise<void> {
  for (const { offset, batch } of batches(chunks)) {
    const rows = batch.map((chunk, index) => ({
      id: newId(),
      ordinal: offset + index,
      heading: chunk.heading,
      text: chunk.text,
      start_offset: chunk.start,
      end_offset: chunk.end,
      page: chunk.page,
      embedding: chunk.embedding === null ? null : arrayLiteral(chunk.embedding),
    }));
    await db.execute(sql`
      insert into knowledge_chunks (id, workspace_id, assistant_id, document_id, qa_id, source_id, ordinal, heading, text,
        start_offset, end_offset, page, embedding, embedding_model)
      select r.id, ${source.workspaceId}::uuid, ${source.assistantId}::uuid, ${documentId(source)}::uuid, ${qaId(source)}::uuid,
        coalesce(${documentId(source)}::uuid, ${qaId(source)}::uuid), r.ordinal, r.heading, r.text, r.start_offset, r.end_offset, r.page,
        r.embedding::real[], case when r.embedding is null then null else ${model}::text end
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(id uuid, ordinal int, heading text, text text,
        start_offset int, end_offset int, page int, embedding text)`);
  }
}

async function insertPostings(db: Db, source: Source, postings: PackedPostings): Promise<void> {
  for (const { batch } of batches(readPostings(postings))) {
    const rows = batch.map((posting) => ({
      term: posting.term,
      ordinals: arrayLiteral(posting.ordinals),
      frequencies: arrayLiteral(posting.frequencies),
      term_counts: arrayLiteral(posting.termCounts),
    }));
    await db.execute(sql`
      insert into knowledge_terms (workspace_id, assistant_id, term, source_id, document_id, qa_id, ordinals, frequencies, term_counts)
      select ${source.workspaceId}::uuid, ${source.assistantId}::uuid, r.term, coalesce(${documentId(source)}::uuid, ${qaId(source)}::uuid),
        ${documentId(source)}::uuid, ${qaId(source)}::uuid, r.ordinals::int[], r.frequencies::smallint[], r.term_counts::smallint[]
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(term text, ordinals text, frequencies text, term_counts text)`);
  }
}

function* batches<T>(items: Iterable<T>): Generator<{ offset: number; batch: T[] }> {
  let offset = 0;
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < rowsPerInsert) continue;
    yield { offset, batch };
    offset += batch.length;
    batch = [];
  }
  if (batch.length > 0) yield { offset, batch };
}

const documentId = (source: Source) => ("documentId" in source ? source.documentId : null);
const qaId = (source: Source) => ("qaId" in source ? source.qaId : null);

/** Numbers as a Postgres array literal; one text parameter is far cheaper to send than a nested array. */
const arrayLiteral = (numbers: number[]) => `{${numbers.join(",")}}`;
