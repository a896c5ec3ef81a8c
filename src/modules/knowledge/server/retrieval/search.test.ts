import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import type { Embedder } from "@/modules/ai/server/embedder";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { givenAssistant, givenDocument, ingestNow } from "../../testing";
import { addText } from "../service/documents";
import { packPassages } from "./rules";
import { searchKnowledge } from "./search";

async function given(texts: Record<string, string> = {}) {
  const { ctx } = await givenWorkspace(testDb());
  const assistantId = await givenAssistant(ctx);
  for (const [name, text] of Object.entries(texts)) await givenDocument(ctx, { assistantId, name, text });
  const find = (query: string, embedder: Embedder | null = null) =>
    searchKnowledge(ctx, { assistantId, query, limit: 5 }, embedder);
  return { ctx, assistantId, find };
}

/** Meaning by topic: what speaks of the same topic points the same way. */
function topicModel(model: string, topics: Record<string, RegExp>): Embedder {
  const vector = (text: string) => [...Object.values(topics).map((topic) => (topic.test(text) ? 1 : 0)), 0.01];
  return { model, embed: (texts) => Promise.resolve(texts.map(vector)) };
}

describe("search by words", () => {
  it("finds a fact shorter than fifty characters", async () => {
    const { find } = await given({
      "Контакты.txt": "Тел. 8 800 555-35-35",
      "Прочее.txt": "Длинный рассказ о погоде и природе.",
    });
    expect((await find("телефон 88005553535"))[0]).toMatchObject({
      title: "Контакты.txt",
      text: "Тел. 8 800 555-35-35",
    });
  });

  it.each([
    ["email?", "E-mail: hello@acme.io"],
    ["e-mail", "Our email is hello@acme.io"],
  ])("finds an address asked for as %j in «%s»", async (query, text) => {
    const { find } = await given({ "Contacts.txt": text, "Other.txt": "The shop opens at nine." });
    expect((await find(query))[0]?.text).toBe(text);
  });

  it.each([
    ["артикул ПК-204", "ПК-204"],
    ["ивановой", "Иванова"],
    ["support@acme.io", "support@acme.io"],
    ["order 77120", "77120"],
  ])("finds the exact number or name in %s", async (query, expected) => {
    const filler = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `f${i}`,
        `Артикул ПК-20${i + 5}, order 7712${i + 1}, контакт person${i}@acme.io, Петров`,
      ]),
    );
    const { find } = await given({ ...filler, right: "Артикул ПК-204, order 77120, контакт support@acme.io, Иванова" });
    const [first] = await find(query);
    expect(first?.text).toContain(expected);
    expect(first?.title).toBe("right");
  });

  it("finds a passage by the name of its document", async () => {
    const { find } = await given({
      "Прайс-лист.txt": "Стрижка 1500, укладка 900",
      "О компании.txt": "Мы открылись в 2010 году",
    });
    expect((await find("прайс"))[0]?.title).toBe("Прайс-лист.txt");
  });

  it.each(["quantum chromodynamics", "и в на", "🙂", "   ", "%_'; drop table documents; --"])(
    "answers nothing to %j",
    async (query) => {
      const { find } = await given({ a: "Доставка по городу стоит 300 рублей" });
      expect(await find(query)).toEqual([]);
    },
  );

  it("answers nothing from an empty base", async () => {
    expect(await (await given()).find("anything")).toEqual([]);
  });

  it("shows a passage once however often it was uploaded", async () => {
    const same = "Возврат товара возможен в течение 14 дней при сохранении упаковки.";
    const { find } = await given({ a: same, b: `${same} `, c: `${same}!`, d: "Возврат денег занимает три дня." });
    expect(await find("возврат товара")).toHaveLength(2);
  });

  it("keeps one assistant's knowledge from another of the same workspace", async () => {
    const { ctx } = await given();
    const [one, other] = [await givenAssistant(ctx), await givenAssistant(ctx)];
    await givenDocument(ctx, { assistantId: one, name: "n", text: "The vault code is 9917" });
    expect(await searchKnowledge(ctx, { assistantId: other, query: "vault code", limit: 5 }, null)).toEqual([]);
  });

  it("quotes the document exactly at its offsets", async () => {
    const text = Array.from({ length: 80 }, (_, i) => `Пункт ${i}: условие номер ${i * 13} действует всегда.`).join(
      " ",
    );
    const { find } = await given({ a: text });
    const [found] = await find("условие 507");
    expect(text.slice(found?.offsets.start, found?.offsets.end)).toBe(found?.text);
    expect(found?.text).toContain("507");
  });

  it("orders scores from 1 downwards", async () => {
    const { find } = await given({
      a: "tea tea tea",
      b: "tea and a long story about many other things in the house",
      c: "coffee",
    });
    const scores = (await find("tea")).map(({ score }) => score);
    expect(scores[0]).toBe(1);
    expect(scores).toEqual([...scores].sort((one, two) => two - one));
  });
});

describe("search by meaning", () => {
  const topics = { pets: /dog|cat|animal|pet/i, money: /price|cost|pay/i };

  async function givenEmbedded(model: string) {
    const base = await given();
    for (const [title, text] of [
      ["Rules", "No dogs on the terrace."],
      ["Fees", "Everything has its price."],
    ] as const) {
      const { id } = await addText(base.ctx, { assistantId: base.assistantId, title, text });
      await ingestNow(base.ctx.db, id, { embedder: topicModel(model, topics) });
    }
    return base;
  }

  it("finds what shares no word with the question", async () => {
    const { find } = await givenEmbedded("topics-1");
    expect(await find("may my animal come")).toEqual([]);
    expect((await find("may my animal come", topicModel("topics-1", topics)))[0]?.title).toBe("Rules");
  });

  it("ignores vectors of another model", async () => {
    const { find } = await givenEmbedded("topics-1");
    expect(await find("may my animal come", topicModel("topics-2", topics))).toEqual([]);
  });

  it("sees new knowledge at once and forgets removed knowledge", async () => {
    const { ctx, assistantId, find } = await givenEmbedded("topics-1");
    const embedder = topicModel("topics-1", topics);
    await find("animal", embedder);
    const { id } = await addText(ctx, { assistantId, title: "More", text: "A cat lives here." });
    await ingestNow(ctx.db, id, { embedder });
    expect((await find("animal", embedder)).map(({ title }) => title).sort()).toEqual(["More", "Rules"]);
  });

  it("answers by words when the model is down", async () => {
    const { find } = await givenEmbedded("topics-1");
    const down: Embedder = { model: "topics-1", embed: () => Promise.reject(new Error("down")) };
    expect((await find("dogs", down))[0]?.title).toBe("Rules");
  });
});

describe("packPassages", () => {
  it("skips what does not fit and takes a smaller one instead", () => {
    const packed = packPassages(
      [{ text: "a".repeat(300) }, { text: "b".repeat(4_000) }, { text: "c".repeat(300) }],
      200,
    );
    expect(packed.map(({ text }) => text[0])).toEqual(["a", "c"]);
  });
});
