import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import type { Embedder } from "@/modules/ai/server/embedder";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { newId } from "@/lib/ids";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { givenAssistant, givenDocument, ingestNow, upload } from "../../testing";
import { searchKnowledge } from "../retrieval/search";
import { getDocument } from "../service/documents";
import { createQa } from "../service/qa";
import { embedMissingJob } from "./jobs";
import { embedMissing, firstPassage, prepareVectorIndex } from "./refresh";
import { listWithoutVector, readVectorFacts } from "./repository";

const db = testDb();
const ctx = jobCtx(db, embedMissingJob);
const forEver = Infinity;

/** What speaks of the sea points one way, everything else another. */
function givenModel(overrides: Partial<Embedder> = {}): Embedder & { texts: string[] } {
  const texts: string[] = [];
  const embed = async (asked: string[]) => {
    texts.push(...asked);
    return asked.map((text) => (/sea|ship|океан/i.test(text) ? [1, 0, 0] : [0, 1, 0]));
  };
  return { model: `model-${newId()}`, texts, embed, ...overrides };
}

async function givenKnowledge() {
  const { ctx: owner } = await givenWorkspace(db);
  const assistantId = await givenAssistant(owner);
  const documentId = await givenDocument(owner, {
    assistantId,
    name: "a.txt",
    text: "Our ships leave every Monday at nine.",
  });
  const qa = await createQa(owner, {
    assistantId,
    question: "Where is the office?",
    answer: "In Tver, Sovetskaya street.",
  });
  const missing = async (model: string) =>
    (await listWithoutVector(db, model, { after: firstPassage, limit: 10_000 })).filter(
      (row) => row.assistantId === assistantId,
    );
  return { owner, assistantId, documentId, qa, missing };
}

describe("passages without vectors", () => {
  it("of documents and Q&A entries get them, and are found by meaning then", async () => {
    const { owner, assistantId, documentId, missing } = await givenKnowledge();
    const model = givenModel();
    const find = () => searchKnowledge(owner, { assistantId, query: "океан", limit: 3 }, model);
    expect(await find()).toEqual([]);
    expect(await embedMissing(ctx, model, { after: firstPassage }, forEver)).toBeNull();
    expect(await missing(model.model)).toEqual([]);
    expect(model.texts.some((text) => text.startsWith("Where is the office?\n"))).toBe(true);
    expect((await find()).map((passage) => passage.documentId)).toEqual([documentId]);
  });

  it("are embedded again when the model is another one, and not twice by the same", async () => {
    const { missing } = await givenKnowledge();
    const [first, second] = [givenModel(), givenModel()];
    await embedMissing(ctx, first, { after: firstPassage }, forEver);
    const asked = first.texts.length;
    await embedMissing(ctx, first, { after: firstPassage }, forEver);
    expect(first.texts).toHaveLength(asked);
    expect((await missing(second.model)).length).toBeGreaterThan(0);
    await embedMissing(ctx, second, { after: firstPassage }, forEver);
    expect(await missing(second.model)).toEqual([]);
  });

  it("keep what was stored when the provider fails midway, and the rest is found again", async () => {
    const { assistantId, missing } = await givenKnowledge();
    const { ctx: other } = await givenWorkspace(db);
    const late = await givenAssistant(other);
    await givenDocument(other, { assistantId: late, name: "b.txt", text: "This one makes the provider stumble." });
    let isDown = true;
    const working = givenModel();
    const model: Embedder = {
      ...working,
      embed: async (texts) => {
        if (isDown && texts.some((text) => text.includes("stumble"))) throw new Error("503");
        return working.embed(texts);
      },
    };
    await expect(embedMissing(ctx, model, { after: firstPassage }, forEver)).rejects.toThrow("503");
    expect(await missing(model.model)).toEqual([]);
    isDown = false;
    await embedMissing(ctx, model, { after: firstPassage }, forEver);
    const left = await listWithoutVector(db, model.model, { after: firstPassage, limit: 10_000 });
    expect(left.filter((row) => row.assistantId === late || row.assistantId === assistantId)).toEqual([]);
  });

  it("of one new entry are embedded alone, by a job that came with the entry", async () => {
    const { qa } = await givenKnowledge();
    expect(await pendingPayloads(db, embedMissingJob, { sourceId: qa.id })).toHaveLength(1);
    const model = givenModel();
    await embedMissing(ctx, model, { after: firstPassage, sourceId: qa.id }, forEver);
    expect(model.texts).toEqual(["Where is the office?\nIn Tver, Sovetskaya street."]);
  });

  it("of a large document come after its words are searchable, by a job that came with it", async () => {
    const { ctx: owner } = await givenWorkspace(db);
    const assistantId = await givenAssistant(owner);
    const lines = Array.from(
      { length: 26_000 },
      (_, n) => `Ship number ${n} leaves the harbour of Tver at dawn today.`,
    );
    const documentId = await upload(owner, { assistantId, name: "fleet.txt", bytes: Buffer.from(lines.join("\n")) });
    const model = givenModel();
    await ingestNow(db, documentId, { embedder: model });
    expect(model.texts).toEqual([]);
    expect(await getDocument(owner, documentId)).toMatchObject({ status: "ready" });
    expect(await pendingPayloads(db, embedMissingJob, { sourceId: documentId })).toHaveLength(1);
  });

  it("wait for the next job when time is up", async () => {
    await givenKnowledge();
    const model = givenModel();
    expect(await embedMissing(ctx, model, { after: firstPassage }, 0)).toBe(firstPassage);
    expect(model.texts).toEqual([]);
  });
});

describe("a database without pgvector", () => {
  it("says so, gets no index and is searched by its real[] alone", async () => {
    const { owner, assistantId } = await givenKnowledge();
    const model = givenModel();
    await embedMissing(ctx, model, { after: firstPassage }, forEver);
    await prepareVectorIndex(ctx, model.model);
    const facts = await readVectorFacts(db, { workspaceId: owner.workspaceId, assistantId }, 3);
    expect(facts).toMatchObject({ extensionVersion: null, hasIndex: false });
    const indexes = await db.execute(sql`select 1 from pg_indexes where indexname like 'knowledge_chunks_embedding%'`);
    expect([...indexes]).toEqual([]);
    expect(await searchKnowledge(owner, { assistantId, query: "sea", limit: 3 }, model)).toHaveLength(1);
  });
});
