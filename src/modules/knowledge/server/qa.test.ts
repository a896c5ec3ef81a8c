import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { AppError } from "@/lib/errors";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { givenAssistant, givenDocument } from "../testing";
import { searchKnowledge } from "./retrieval/search";
import { changeQa, createQa, listQaEntries, removeQa } from "./service/qa";

async function given() {
  const { ctx } = await givenWorkspace(testDb());
  const assistantId = await givenAssistant(ctx);
  const find = (query: string) => searchKnowledge(ctx, { assistantId, query, limit: 5 }, null);
  return { ctx, assistantId, find };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

describe("a Q&A entry", () => {
  it("is found at once, before any document, when asked word for word", async () => {
    const { ctx, assistantId, find } = await given();
    await givenDocument(ctx, {
      assistantId,
      name: "Работаете ли вы в праздники",
      text: "Работаете ли вы в праздники? Работаем в праздники. Праздники и работа в праздники.",
    });
    const entry = await createQa(ctx, {
      assistantId,
      question: "Вы работаете в праздники?",
      answer: "Да, с 10 до 18.",
    });
    const [first] = await find("вы работаете в праздники");
    expect(first).toMatchObject({
      qaId: entry.id,
      documentId: null,
      title: "Вы работаете в праздники?",
      text: "Да, с 10 до 18.",
      score: 1,
    });
  });

  it("forgets its old words when it is changed", async () => {
    const { ctx, assistantId, find } = await given();
    const { id } = await createQa(ctx, { assistantId, question: "Is there parking?", answer: "Yes, in the yard." });
    await changeQa(ctx, { id, question: "Is there a garage?", answer: "Yes, underground." });
    expect(await find("parking yard")).toEqual([]);
    expect((await find("garage"))[0]?.text).toBe("Yes, underground.");
  });

  it("is gone from search when it is removed, for one of two who remove it", async () => {
    const { ctx, assistantId, find } = await given();
    const { id } = await createQa(ctx, { assistantId, question: "Is there parking?", answer: "Yes." });
    const outcomes = await Promise.all([codeOf(removeQa(ctx, id)), codeOf(removeQa(ctx, id))]);
    expect(outcomes.sort()).toEqual(["NOT_FOUND", "done"]);
    expect(await find("parking")).toEqual([]);
  });

  it("keeps what was typed, brackets and emoji included", async () => {
    const { ctx, assistantId } = await given();
    await createQa(ctx, { assistantId, question: `<b>"Ёж"</b> & url(x)?`, answer: "Да 😀 &quot;" });
    expect((await listQaEntries(ctx, { assistantId, limit: 10 })).items).toMatchObject([
      { question: `<b>"Ёж"</b> & url(x)?`, answer: "Да 😀 &quot;" },
    ]);
  });

  it("is listed by words of its question or answer, also ones that SQL would read as patterns", async () => {
    const { ctx, assistantId } = await given();
    await createQa(ctx, { assistantId, question: "Discount?", answer: "100% on Mondays" });
    await createQa(ctx, { assistantId, question: "Delivery?", answer: "Two days" });
    const search = async (words: string) =>
      (await listQaEntries(ctx, { assistantId, search: words, limit: 10 })).items.map(({ question }) => question);
    expect(await search("100%")).toEqual(["Discount?"]);
    expect(await search("_")).toEqual([]);
    expect(await search("delivery")).toEqual(["Delivery?"]);
  });

  it("of another workspace is NOT_FOUND for every action", async () => {
    const [own, foreign] = [await given(), await given()];
    const { id } = await createQa(own.ctx, { assistantId: own.assistantId, question: "q?", answer: "a" });
    const calls = [
      createQa(foreign.ctx, { assistantId: own.assistantId, question: "q?", answer: "a" }),
      changeQa(foreign.ctx, { id, question: "x", answer: "y" }),
      removeQa(foreign.ctx, id),
      listQaEntries(foreign.ctx, { assistantId: own.assistantId, limit: 10 }),
    ];
    expect(await Promise.all(calls.map(codeOf))).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
    expect(
      (await own.find("q")).length +
        (await listQaEntries(own.ctx, { assistantId: own.assistantId, limit: 10 })).items.length,
    ).toBeGreaterThan(0);
  });
});
