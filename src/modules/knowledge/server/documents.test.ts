import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Embedder } from "@/modules/ai/server/embedder";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { env } from "@/server/env";
import { pendingPayloads } from "@/server/jobs/testing";
import { storedPath } from "@/server/storage";
import { givenAssistant, givenDocument, ingestNow, upload } from "../testing";
import { knowledgeLimits } from "../limits";
import { docx, fixture, lyingZipBomb, text } from "./fixtures/testing-files";
import { resumeStalledJob } from "./jobs";
import { embedMissingJob } from "./vectors/jobs";
import { searchKnowledge } from "./retrieval/search";
import {
  addText,
  getDocument,
  getDocumentText,
  getPassages,
  listAssistantDocuments,
  openDocument,
  removeDocument,
  retryDocument,
} from "./service/documents";
import { searchAssistantKnowledge } from "./service/search";

async function given() {
  const { ctx } = await givenWorkspace(testDb());
  return { ctx, assistantId: await givenAssistant(ctx) };
}

const find = (ctx: MemberCtx, assistantId: string, query: string) =>
  searchKnowledge(ctx, { assistantId, query, limit: 5 }, null);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.facts } : error),
  );

async function rowsOf(ctx: MemberCtx, documentId: string) {
  const [row] = await ctx.db.execute<{ chunks: number; terms: number }>(sql`
    select (select count(*)::int from knowledge_chunks where document_id = ${documentId}::uuid) as chunks,
           (select count(*)::int from knowledge_terms where document_id = ${documentId}::uuid) as terms`);
  return row;
}

async function versionOf(ctx: MemberCtx, assistantId: string): Promise<number> {
  const [row] = await ctx.db.execute<{ version: number }>(
    sql`select knowledge_version as version from assistants where id = ${assistantId}::uuid`,
  );
  return row?.version ?? 0;
}

async function storageKeyOf(ctx: MemberCtx, id: string): Promise<string> {
  const [row] = await ctx.db.execute<{ key: string }>(
    sql`select storage_key as key from documents where id = ${id}::uuid`,
  );
  return row?.key ?? "";
}

describe("uploading", () => {
  it("keeps the file, its name as typed, and queues the reading in the same transaction", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "Правила «Ёлка».pdf", bytes: await fixture("delivery-ru.pdf") });
    expect(await getDocument(ctx, id)).toMatchObject({
      name: "Правила «Ёлка».pdf",
      status: "queued",
      progress: 0,
      kind: "file",
      error: null,
    });
    const jobs = await ctx.db.execute<{ key: string }>(
      sql`select key from lane_jobs where key = ${`knowledge.ingest-document:${id}`}`,
    );
    expect(jobs).toHaveLength(1);
    const { stream, sizeBytes } = await openDocument(ctx, id);
    const sent = Buffer.concat(await stream.toArray());
    expect(sent.equals(await fixture("delivery-ru.pdf"))).toBe(true);
    expect(sizeBytes).toBe(sent.length);
  });

  it("leaves neither row nor file of what it refuses", async () => {
    const { ctx, assistantId } = await given();
    const before = await readdir(path.join(env().DATA_DIR, "uploads"), { recursive: true }).catch(() => []);
    expect(await refusal(upload(ctx, { assistantId, name: "a.pdf", bytes: text("MZ no pdf") }))).toMatchObject({
      code: "UNSUPPORTED_FILE",
      reason: "not-a-pdf",
    });
    expect(await refusal(upload(ctx, { assistantId, name: "a.txt", bytes: text("") }))).toMatchObject({
      code: "VALIDATION",
      reason: "empty",
    });
    expect(
      await refusal(
        upload(ctx, { assistantId, name: "a.txt", bytes: Buffer.alloc(knowledgeLimits.fileBytes + 1, "a") }),
      ),
    ).toMatchObject({ code: "PAYLOAD_TOO_LARGE", reason: "too-large" });
    expect((await listAssistantDocuments(ctx, { assistantId, limit: 50 })).items).toEqual([]);
    const files = async () =>
      (await readdir(path.join(env().DATA_DIR, "uploads"), { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      ).length;
    expect(await files()).toBe(before.filter((name) => /[0-9a-f-]{36}$/.test(name)).length);
  });

  it("tells which document a file repeats, and keeps both when asked to", async () => {
    const { ctx, assistantId } = await given();
    const bytes = text("Prices: tea 5, coffee 7");
    const first = await upload(ctx, { assistantId, name: "Prices.txt", bytes });
    expect(await refusal(upload(ctx, { assistantId, name: "Copy.txt", bytes }))).toEqual({
      code: "CONFLICT",
      reason: "duplicate",
      name: "Prices.txt",
      documentId: first,
    });
    await upload(ctx, { assistantId, name: "Copy.txt", bytes, keepDuplicate: true });
    expect((await listAssistantDocuments(ctx, { assistantId, limit: 50 })).items).toHaveLength(2);
  });

  it("takes a file again whose first reading failed", async () => {
    const { ctx, assistantId } = await given();
    const bytes = await fixture("encrypted.pdf");
    await ingestNow(ctx.db, await upload(ctx, { assistantId, name: "a.pdf", bytes }));
    expect(await refusal(upload(ctx, { assistantId, name: "a.pdf", bytes }))).toBeNull();
  });

  it("takes the hundredth document of two that come at once, and refuses the other", async () => {
    const { ctx, assistantId } = await given();
    await ctx.db
      .execute(sql`insert into documents (id, workspace_id, assistant_id, kind, name, size_bytes, content_hash, status)
      select gen_random_uuid(), ${ctx.workspaceId}::uuid, ${assistantId}::uuid, 'text', 'n' || n, 1, 'h' || n, 'ready' from generate_series(1, 99) n`);
    const outcomes = await Promise.all(
      ["a", "b"].map((name) => refusal(upload(ctx, { assistantId, name: `${name}.txt`, bytes: text(`text ${name}`) }))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome !== null)).toMatchObject({ code: "QUOTA_EXCEEDED", reason: "quota" });
  });

  it("takes as many documents as staff allow a workspace", async () => {
    const { ctx, assistantId } = await given();
    await setLimit(ctx.db, "documentsPerWorkspace", 1);
    try {
      await upload(ctx, { assistantId, name: "first.txt", bytes: text("first") });
      expect(await refusal(upload(ctx, { assistantId, name: "second.txt", bytes: text("second") }))).toMatchObject({
        reason: "quota",
      });
    } finally {
      await setLimit(ctx.db, "documentsPerWorkspace", 100);
    }
  });

  it("answers NOT_FOUND for another workspace's assistant", async () => {
    const [own, foreign] = [await given(), await given()];
    expect(
      await refusal(upload(own.ctx, { assistantId: foreign.assistantId, name: "a.txt", bytes: text("x y z") })),
    ).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("reading", () => {
  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ["locked.pdf", "encrypted", () => fixture("encrypted.pdf")],
    ["scan.pdf", "no-text", () => fixture("images-only.pdf")],
    ["broken.pdf", "damaged", () => text(`%PDF-1.7\n${"x".repeat(500)}\n%%EOF`)],
    ["broken.json", "damaged", () => text('{"a": [1, 2')],
    ["lying.docx", "zip-bomb", () => lyingZipBomb("word/document.xml", 100)],
    ["dots.txt", "no-text", () => text("\u0001\u0002 \u0003 ".replaceAll(/[\u0001-\u0003]/g, "\u200b"))],
  ])("ends %s as failed: %s, with nothing stored half", async (name, reason, bytes) => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name, bytes: await bytes() });
    await ingestNow(ctx.db, id);
    expect(await getDocument(ctx, id)).toMatchObject({ status: "failed", error: reason, chunkCount: 0 });
    expect(await rowsOf(ctx, id)).toEqual({ chunks: 0, terms: 0 });
  });

  it("may be run twice and at once without doubling anything", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, {
      assistantId,
      name: "a.md",
      bytes: text("# Tea\n\nTea costs 5.\n\n# Coffee\n\nCoffee is served with milk and costs 7 in the morning."),
    });
    await Promise.all([ingestNow(ctx.db, id), ingestNow(ctx.db, id)]);
    const once = await rowsOf(ctx, id);
    await ingestNow(ctx.db, id);
    const document = await getDocument(ctx, id);
    expect(document).toMatchObject({ status: "ready", progress: 100 });
    expect(await rowsOf(ctx, id)).toEqual(once);
    expect((await getPassages(ctx, { id, limit: 50 })).items).toHaveLength(document.chunkCount);
  });

  it("goes back to the queue when the worker stops midway, and is complete after the next run", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "a.pdf", bytes: await fixture("warranty-en.pdf") });
    const stopping = AbortSignal.abort(new Error("worker stops"));
    await expect(ingestNow(ctx.db, id, { signal: stopping })).rejects.toThrow("worker stops");
    expect(await getDocument(ctx, id)).toMatchObject({ status: "queued", error: null });
    await ingestNow(ctx.db, id);
    expect(await getDocument(ctx, id)).toMatchObject({ status: "ready", pageCount: 2 });
  });

  it("is taken up again when a killed worker left it behind", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "a.txt", bytes: text("Left behind") });
    await ctx.db.execute(sql`delete from lane_jobs where key = ${`knowledge.ingest-document:${id}`}`);
    await ctx.db.execute(
      sql`update documents set status = 'extracting', updated_at = now() - interval '2 minutes' where id = ${id}::uuid`,
    );
    await resumeStalledJob.run(
      {
        ...ctx,
        actor: { kind: "system", job: "test" },
        signal: AbortSignal.timeout(5_000),
        attempt: 1,
        isLastAttempt: false,
      },
      {},
    );
    expect(
      await ctx.db.execute(sql`select 1 from lane_jobs where key = ${`knowledge.ingest-document:${id}`}`),
    ).toHaveLength(1);
  });

  it("announces every stage to the workspace", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "a.pdf", bytes: await fixture("warranty-en.pdf") });
    await ingestNow(ctx.db, id);
    const events = await ctx.db.execute<{ type: string }>(
      sql`select type from events where workspace_id = ${ctx.workspaceId}::uuid and ids->>'documentId' = ${id} order by seq`,
    );
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["document.changed", "job.progress"]));
    expect(events.at(-1)?.type).toBe("document.changed");
  });

  it("raises the assistant's knowledge version once it is ready and again when it is gone", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "a.txt", bytes: text("Tea costs 5") });
    const before = await versionOf(ctx, assistantId);
    await ingestNow(ctx.db, id);
    expect(await versionOf(ctx, assistantId)).toBe(before + 1);
    await removeDocument(ctx, id);
    expect(await versionOf(ctx, assistantId)).toBe(before + 2);
  });

  it("keeps the text word for word: quotes, brackets, emoji and ё", async () => {
    const { ctx, assistantId } = await given();
    const source = `Ёж сказал: "Привет" <b>url(x)</b> 'ок' 😀 & &quot; alert("1")`;
    const id = await upload(ctx, { assistantId, name: "a.txt", bytes: text(source) });
    await ingestNow(ctx.db, id);
    expect((await getDocumentText(ctx, id)).text).toBe(source);
    expect((await find(ctx, assistantId, "что сказал еж"))[0]?.text).toBe(source);
  });

  it("stores vectors of the model in force, and stays searchable by words when the model is down", async () => {
    const { ctx, assistantId } = await given();
    const down: Embedder = { model: "m", embed: () => Promise.reject(new Error("model down")) };
    const id = await upload(ctx, { assistantId, name: "a.txt", bytes: text("Tea costs 5") });
    await expect(ingestNow(ctx.db, id, { embedder: down })).rejects.toThrow("model down");
    expect(await getDocument(ctx, id)).toMatchObject({ status: "queued" });
    await ingestNow(ctx.db, id, { embedder: down, isLastAttempt: true });
    expect(await getDocument(ctx, id)).toMatchObject({ status: "ready" });
    expect(await find(ctx, assistantId, "tea")).toHaveLength(1);
  });

  it("does not wait for a slow model: words are searchable and the vectors follow", async () => {
    const { ctx, assistantId } = await given();
    const slow: Embedder = { model: "m", embed: (_texts, signal) => delay(60_000, [], { signal }) };
    const id = await upload(ctx, { assistantId, name: "a.txt", bytes: text("Tea costs 5") });
    await ingestNow(ctx.db, id, { embedder: slow, embedForMs: 20 });
    expect(await getDocument(ctx, id)).toMatchObject({ status: "ready" });
    expect(await find(ctx, assistantId, "tea")).toHaveLength(1);
    expect(await pendingPayloads(ctx.db, embedMissingJob, { sourceId: id })).toHaveLength(1);
  });
});

describe("removing", () => {
  it("makes the fact unfindable at once and takes passages, index and file away", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, {
      assistantId,
      name: "a.docx",
      bytes: await docx("Secret", "The vault code is 9917."),
    });
    await ingestNow(ctx.db, id);
    const key = await storageKeyOf(ctx, id);
    expect(await find(ctx, assistantId, "vault code")).toHaveLength(1);
    await removeDocument(ctx, id);
    expect(await find(ctx, assistantId, "vault code")).toEqual([]);
    expect(await rowsOf(ctx, id)).toEqual({ chunks: 0, terms: 0 });
    expect(existsSync(storedPath(key))).toBe(true);
    const [job] = await ctx.db.execute<{ task: string }>(
      sql`select task_identifier as task from graphile_worker.jobs order by id desc limit 1`,
    );
    expect(job?.task).toBe("knowledge.remove-file");
  });

  it("cancels the reading of a document that is being read", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "a.pdf", bytes: await fixture("warranty-en.pdf") });
    const reading = ingestNow(ctx.db, id);
    await removeDocument(ctx, id);
    await reading;
    expect(await rowsOf(ctx, id)).toEqual({ chunks: 0, terms: 0 });
    expect(await refusal(getDocument(ctx, id))).toMatchObject({ code: "NOT_FOUND" });
  });

  it("happens once when two ask for it", async () => {
    const { ctx, assistantId } = await given();
    const id = await givenDocument(ctx, { assistantId, name: "n", text: "some words" });
    const outcomes = await Promise.all([refusal(removeDocument(ctx, id)), refusal(removeDocument(ctx, id))]);
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
  });
});

describe("retrying", () => {
  it("reads a failed document again, for one of two who ask", async () => {
    const { ctx, assistantId } = await given();
    const id = await upload(ctx, { assistantId, name: "locked.pdf", bytes: await fixture("encrypted.pdf") });
    await ingestNow(ctx.db, id);
    const outcomes = await Promise.all([refusal(retryDocument(ctx, id)), refusal(retryDocument(ctx, id))]);
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(await getDocument(ctx, id)).toMatchObject({ status: "queued", error: null });
  });

  it("refuses a document that has not failed", async () => {
    const { ctx, assistantId } = await given();
    const id = await givenDocument(ctx, { assistantId, name: "n", text: "some words" });
    expect(await refusal(retryDocument(ctx, id))).toMatchObject({ code: "CONFLICT", status: "ready" });
  });
});

describe("typed text", () => {
  it("becomes a document that is found by title and text", async () => {
    const { ctx, assistantId } = await given();
    const { id } = await addText(ctx, { assistantId, title: "Часы работы", text: "Открыто с 9 до 21" });
    await ingestNow(ctx.db, id);
    expect((await find(ctx, assistantId, "часы работы"))[0]).toMatchObject({
      documentId: id,
      title: "Часы работы",
      text: "Открыто с 9 до 21",
    });
  });

  it("is refused when the same text is there already", async () => {
    const { ctx, assistantId } = await given();
    await addText(ctx, { assistantId, title: "One", text: "The same text" });
    expect(await refusal(addText(ctx, { assistantId, title: "Two", text: "The same text\n" }))).toMatchObject({
      code: "CONFLICT",
      name: "One",
    });
  });
});

describe("another workspace", () => {
  it("gets NOT_FOUND for reading, text, passages, file, retry, removal and search", async () => {
    const [own, foreign] = [await given(), await given()];
    const id = await givenDocument(own.ctx, { assistantId: own.assistantId, name: "n", text: "private words" });
    const calls = [
      getDocument(foreign.ctx, id),
      getDocumentText(foreign.ctx, id),
      getPassages(foreign.ctx, { id, limit: 10 }),
      openDocument(foreign.ctx, id),
      retryDocument(foreign.ctx, id),
      removeDocument(foreign.ctx, id),
      listAssistantDocuments(foreign.ctx, { assistantId: own.assistantId, limit: 10 }),
      searchAssistantKnowledge(foreign.ctx, { assistantId: own.assistantId, query: "private", limit: 5 }),
      addText(foreign.ctx, { assistantId: own.assistantId, title: "t", text: "x" }),
      getDocument(own.ctx, newId()),
    ];
    for (const outcome of await Promise.all(calls.map(refusal))) expect(outcome).toMatchObject({ code: "NOT_FOUND" });
    expect(await find(foreign.ctx, own.assistantId, "private words")).toEqual([]);
    expect(await find(own.ctx, own.assistantId, "private words")).toHaveLength(1);
  });
});

describe("the list", () => {
  it("pages without gaps or repeats while new documents arrive", async () => {
    const { ctx, assistantId } = await given();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.unshift(await givenDocument(ctx, { assistantId, name: `${n}`, text: `text ${n}` }));
    const first = await listAssistantDocuments(ctx, { assistantId, limit: 2 });
    await givenDocument(ctx, { assistantId, name: "new", text: "newest" });
    const second = await listAssistantDocuments(ctx, { assistantId, limit: 2, cursor: first.nextCursor ?? undefined });
    const third = await listAssistantDocuments(ctx, { assistantId, limit: 2, cursor: second.nextCursor ?? undefined });
    expect([...first.items, ...second.items, ...third.items].map(({ id }) => id)).toEqual(ids);
    expect(third.nextCursor).toBeNull();
  });
});
