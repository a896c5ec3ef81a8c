import { describe, expect, it } from "vitest";
import { indexTerms, queryTerms } from "./terms";

const finds = (question: string, text: string, language: string | null) => {
  const stored = new Set(indexTerms(text, language));
  return queryTerms(question).filter(({ alternatives }) => alternatives.some((term) => stored.has(term))).length;
};

describe("a word of a question meets the word of a text", () => {
  it.each([
    ["доставка", "условия доставки", "ru"],
    ["доставки", "доставку оформляем", "ru"],
    ["елка", "Ёлка", "ru"],
    ["deliveries", "a delivery", "en"],
    ["Lieferungen", "die Lieferung", "de"],
    ["Munchen", "Büro München", "de"],
    ["livraisons", "la livraison", "fr"],
    ["envíos", "el envío", "es"],
    ["iphone", "чехол для iPhone 15", "ru"],
    ["12500", "цена 12 500 ₽", "ru"],
    ["XK42", "артикул XK-42", "ru"],
    ["24", "24-ярдовой", "ru"],
    ["4951234567", "+7 (495) 123-45-67", "ru"],
    ["8 495 123-45-67", "+7 (495) 123-45-67", "ru"],
    ["INFO@shop.ru", "почта: info@shop.ru", "ru"],
    ["東京", "東京都の人口", "ja"],
  ])("%s ~ %s", (question, text, language) => {
    expect(finds(question, text, language)).toBeGreaterThan(0);
  });
});

describe("queryTerms", () => {
  it("asks for the telling words only", () => {
    expect(queryTerms("Сколько стоит доставка?").map(({ alternatives }) => alternatives[0])).toEqual([
      "сто",
      "доставк",
    ]);
  });

  it("falls back to the asking words when there is nothing else", () => {
    expect(queryTerms("Who are you?").flatMap(({ alternatives }) => alternatives)).toContain("who");
  });

  it("is bounded for any question", () => {
    expect(queryTerms(Array.from({ length: 5_000 }, (_, i) => `word${i}`).join(" ")).length).toBeLessThanOrEqual(64);
  });

  it.each(["", "?!", "🙂", "и в на", "\u0000"])("asks for nothing in %j", (query) => {
    expect(queryTerms(query).filter(({ isExact }) => isExact)).toEqual([]);
  });
});

describe("indexTerms", () => {
  it("stems the very first Russian word of the process", () => {
    expect(indexTerms("доставки", "ru")).toEqual(["доставк"]);
  });
});
