import { describe, expect, it } from "vitest";
import { createVectorIndex, exactUpToPassages, mayIndex, takesIndex, vectorIndexName } from "./rules";

const large = { extensionVersion: "0.8.1", hasIndex: true, passages: exactUpToPassages + 1 };

describe("searching vectors", () => {
  it.each([
    ["by the index for a large assistant where pgvector has one", large, true],
    ["by all vectors without pgvector", { ...large, extensionVersion: null, hasIndex: false }, false],
    ["by all vectors before the index is built", { ...large, hasIndex: false }, false],
    ["by all vectors where they fit the cache", { ...large, passages: exactUpToPassages }, false],
    ["by all vectors with a pgvector that would lose a tenant's rows", { ...large, extensionVersion: "0.7.4" }, false],
    ["by the index with a later pgvector", { ...large, extensionVersion: "1.0" }, true],
  ])("goes %s", (_, facts, expected) => expect(takesIndex(facts)).toBe(expected));

  it.each([
    [null, 1536, false],
    ["0.8.0", 1536, true],
    ["0.8.0", 2000, true],
    ["0.8.0", 3072, false],
    ["0.8.0", 0, false],
  ])("has an index with pgvector %s and %i dimensions: %s", (version, dimensions, expected) =>
    expect(mayIndex(version, dimensions)).toBe(expected),
  );

  it("gives each length of vector its own index by cosine", () => {
    expect(createVectorIndex(1536)).toBe(
      "create index concurrently if not exists knowledge_chunks_embedding_1536_index on knowledge_chunks " +
        "using hnsw ((embedding::vector(1536)) vector_cosine_ops) where cardinality(embedding) = 1536",
    );
    for (const nonsense of [0, -1, 1.5, Number.NaN]) expect(() => vectorIndexName(nonsense)).toThrow();
  });
});
