import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { logger } from "@/server/logger";
import { listNearest, readVectorFacts } from "../vectors/repository";
import { takesIndex } from "../vectors/rules";
import { listVectors } from "./repository";

/** Passages under this cosine similarity are not about the question. */
export const minSimilarity = 0.5;

type Tenant = { workspaceId: WorkspaceId; assistantId: string };
type Matrix = { version: number; ids: string[]; vectors: Float32Array; dimensions: number };

// The vectors of about 20,000 passages of 1,536 numbers; the least recently asked assistant goes first.
const maxCachedBytes = 128 * 1024 * 1024;
const pageSize = 500;
const firstId = "00000000-0000-0000-0000-000000000000";

const cache = new Map<string, Matrix>();

/** The nearest passages by cosine, best first, from vectors of the named model alone. */
export async function rankByMeaning(
  db: Db,
  tenant: Tenant,
  model: string,
  question: number[],
  limit: number,
): Promise<{ chunkId: string; similarity: number }[]> {
  const facts = await readVectorFacts(db, tenant, question.length);
  const near = takesIndex(facts) ? await askIndex(db, tenant, model, question, limit) : null;
  if (near !== null) return near.filter(({ similarity }) => similarity >= minSimilarity);
  const matrix = await loadMatrix(db, tenant, model, facts.version);
  if (matrix.dimensions !== question.length) return [];
  const asked = normalized(question);
  const scored: { chunkId: string; similarity: number }[] = [];
  matrix.ids.forEach((chunkId, row) => {
    const similarity = dot(matrix.vectors, row * matrix.dimensions, asked);
    if (similarity >= minSimilarity) scored.push({ chunkId, similarity });
  });
  return scored.sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}

// The exact search needs nothing but the rows, so whatever is wrong with the index costs speed alone.
async function askIndex(db: Db, tenant: Tenant, model: string, question: number[], limit: number) {
  try {
    return await listNearest(db, tenant, model, question, limit);
  } catch (error) {
    logger.warn({ event: "vector-index-failed", error });
    return null;
  }
}

async function loadMatrix(db: Db, tenant: Tenant, model: string, version: number): Promise<Matrix> {
  const key = `${tenant.workspaceId} ${tenant.assistantId} ${model}`;
  const known = cache.get(key);
  cache.delete(key);
  const matrix = known?.version === version ? known : await readMatrix(db, tenant, model, version);
  cache.set(key, matrix);
  evict();
  return matrix;
}

async function readMatrix(db: Db, tenant: Tenant, model: string, version: number): Promise<Matrix> {
  const ids: string[] = [];
  const rows: Float32Array[] = [];
  let dimensions = 0;
  for (let after = firstId; ;) {
    const page = await listVectors(db, tenant, model, { after, limit: pageSize });
    for (const { id, embedding } of page) {
      dimensions ||= embedding.length;
      // A provider that changed a model's size under its name left rows that cannot be compared.
      if (embedding.length !== dimensions) continue;
      ids.push(id);
      rows.push(normalized(embedding));
    }
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) break;
    after = last.id;
  }
  const vectors = new Float32Array(ids.length * dimensions);
  rows.forEach((row, index) => vectors.set(row, index * dimensions));
  return { version, ids, vectors, dimensions };
}

function evict(): void {
  let bytes = [...cache.values()].reduce((sum, matrix) => sum + matrix.vectors.byteLength, 0);
  for (const [key, matrix] of cache) {
    if (bytes <= maxCachedBytes || cache.size === 1) return;
    cache.delete(key);
    bytes -= matrix.vectors.byteLength;
  }
}

function normalized(vector: readonly number[]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)) || 1;
  return Float32Array.from(vector, (x) => x / length);
}

function dot(matrix: Float32Array, offset: number, vector: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i += 1) sum += (matrix[offset + i] ?? 0) * (vector[i] ?? 0);
  return sum;
}
