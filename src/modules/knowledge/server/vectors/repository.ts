import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { createVectorIndex, type VectorFacts, vectorIndexName } from "./rules";

type Tenant = { workspaceId: WorkspaceId; assistantId: string };

/** A passage whose vector is missing, or of another model. */
export type PassageToEmbed = Tenant & { id: string; heading: string; text: string };

/** The next passages, by id, that have no vector of this model; of one document or Q&A entry when `sourceId` is given. */
export async function listWithoutVector(
  db: Db,
  model: string,
  page: { after: string; limit: number; sourceId?: string },
): Promise<PassageToEmbed[]> {
  const rows = await db.execute<{
    id: string;
    workspace_id: string;
    assistant_id: string;
    heading: string;
    text: string;
  }>(sql`
    select id, workspace_id, assistant_id, heading, text from knowledge_chunks
    where id > ${page.after}::uuid and embedding_model is distinct from ${model}::text
      and ${page.sourceId === undefined ? sql`true` : sql`source_id = ${page.sourceId}::uuid`}
    order by id limit ${page.limit}::int`);
  return rows.map(({ workspace_id, assistant_id, ...passage }) => ({
    ...passage,
    // A row that this process found by itself is where a job gets its WorkspaceId.
    workspaceId: workspace_id as WorkspaceId,
    assistantId: assistant_id,
  }));
}

/** Stores vectors of one assistant's passages; a passage that was replaced meanwhile is gone under its id. */
export async function writeVectors(
  db: Db,
  { workspaceId, assistantId }: Tenant,
  model: string,
  vectors: { id: string; embedding: number[] }[],
): Promise<void> {
  const rows = vectors.map(({ id, embedding }) => ({ id, embedding: `{${embedding.join(",")}}` }));
  await db.execute(sql`
    update knowledge_chunks c set embedding = r.embedding::real[], embedding_model = ${model}::text
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(id uuid, embedding text)
    where c.id = r.id and c.workspace_id = ${workspaceId}::uuid and c.assistant_id = ${assistantId}::uuid`);
}

/** The version of pgvector in this database, or null. */
export async function readExtensionVersion(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ version: string }>(
    sql`select extversion as version from pg_extension where extname = 'vector'`,
  );
  return row?.version ?? null;
}

/** How long the vectors of a model are; null while there is none. */
export async function readDimensions(db: Db, model: string): Promise<number | null> {
  const [row] = await db.execute<{ dimensions: number }>(sql`
    select cardinality(embedding) as dimensions from knowledge_chunks where embedding_model = ${model}::text limit 1`);
  return row?.dimensions ?? null;
}

/** Builds the index for one length of vector unless it is there; one that a crash left half built is built anew. */
export async function ensureVectorIndex(db: Db, dimensions: number): Promise<void> {
  const name = vectorIndexName(dimensions);
  const [row] = await db.execute<{ is_valid: boolean }>(sql`
    select indisvalid as is_valid from pg_index where indexrelid = to_regclass(${name}::text)`);
  if (row?.is_valid) return;
  if (row) await db.execute(sql`drop index concurrently ${sql.identifier(name)}`);
  await db.execute(sql.raw(createVectorIndex(dimensions)));
}

/** What decides how an assistant's vectors are searched, with the version of its knowledge, in one round trip. */
export async function readVectorFacts(
  db: Db,
  { workspaceId, assistantId }: Tenant,
  dimensions: number,
): Promise<VectorFacts & { version: number }> {
  const [row] = await db.execute<{
    version: number;
    extension_version: string | null;
    has_index: boolean;
    passages: number;
  }>(sql`
    select knowledge_version as version,
      (select extversion from pg_extension where extname = 'vector') as extension_version,
      coalesce((select indisvalid from pg_index where indexrelid = to_regclass(${vectorIndexName(dimensions)}::text)), false) as has_index,
      (select coalesce(sum(chunk_count), 0)::int from documents
        where workspace_id = ${workspaceId}::uuid and assistant_id = ${assistantId}::uuid and status = 'ready') as passages
    from assistants where id = ${assistantId}::uuid and workspace_id = ${workspaceId}::uuid`);
  return {
    version: row?.version ?? 0,
    extensionVersion: row?.extension_version ?? null,
    hasIndex: row?.has_index ?? false,
    passages: row?.passages ?? 0,
  };
}

/** The nearest passages by pgvector's index; scans go on until the tenant's own rows fill the limit. */
export async function listNearest(
  db: Db,
  { workspaceId, assistantId }: Tenant,
  model: string,
  question: number[],
  limit: number,
): Promise<{ chunkId: string; similarity: number }[]> {
  const length = sql.raw(String(question.length));
  const asked = sql`${`[${question.join(",")}]`}::text::vector(${length})`;
  const distance = sql`(embedding::vector(${length})) <=> ${asked}`;
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', '200', true)`,
    );
    const rows = await tx.execute<{ id: string; distance: number }>(sql`
      select id, ${distance} as distance from knowledge_chunks
      where workspace_id = ${workspaceId}::uuid and assistant_id = ${assistantId}::uuid and embedding_model = ${model}::text
        and cardinality(embedding) = ${length}
      order by ${distance} limit ${limit}::int`);
    return rows.map((row) => ({ chunkId: row.id, similarity: 1 - row.distance }));
  });
}
