/** pgvector indexes no longer vectors than this. */
const maxIndexedDimensions = 2_000;

/** Up to here all vectors of an assistant fit into the cache, where an exact search finds more than any index. */
export const exactUpToPassages = 20_000;

/** What the database says about searching one assistant's vectors. `extensionVersion` is null without pgvector. */
export type VectorFacts = { extensionVersion: string | null; hasIndex: boolean; passages: number };

/** Whether vectors of this length can have an index here. */
export function mayIndex(extensionVersion: string | null, dimensions: number): boolean {
  return extensionVersion !== null && dimensions >= 1 && dimensions <= maxIndexedDimensions;
}

/** The index answers for large assistants alone; it needs pgvector 0.8, whose scans go on until the tenant's filter is satisfied. */
export function takesIndex({ extensionVersion, hasIndex, passages }: VectorFacts): boolean {
  return hasIndex && passages > exactUpToPassages && isAtLeast(extensionVersion, [0, 8]);
}

/** The name of the index for vectors of one length. Throws for anything that is no length: it becomes part of a statement. */
export function vectorIndexName(dimensions: number): string {
  if (!Number.isInteger(dimensions) || dimensions < 1) throw new Error("Not a number of dimensions.");
  return `knowledge_chunks_embedding_${dimensions}_index`;
}

/** Vectors live in `real[]`, so one table holds models of several lengths; each length has an index of its own. */
export function createVectorIndex(dimensions: number): string {
  const name = vectorIndexName(dimensions);
  return (
    `create index concurrently if not exists ${name} on knowledge_chunks ` +
    `using hnsw ((embedding::vector(${dimensions})) vector_cosine_ops) where cardinality(embedding) = ${dimensions}`
  );
}

function isAtLeast(version: string | null, [major, minor]: [number, number]): boolean {
  const [ours = 0, ourMinor = 0] = (version ?? "").split(".").map(Number);
  return ours > major || (ours === major && ourMinor >= minor);
}
