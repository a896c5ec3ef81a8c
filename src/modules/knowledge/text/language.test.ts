import { describe, expect, it } from "vitest";
import { detectLanguage } from "./language";

describe("detectLanguage", () => {
  it.each([
    ["Доставка по Москве стоит 390 рублей.", "ru"],
    ["Цена: 5 ₽", "ru"],
    ["Доставка коштує 50 гривень і триває день", "uk"],
    ["Parking costs £7 per evening.", "en"],
    ["Room; Floor; Capacity\nRoom: Aurora; Floor: 5", "en"],
    ["Die Lieferung nach Berlin kostet fünf Euro und dauert zwei Tage.", "de"],
    ["Чехол для iPhone 15 Pro Max, MagSafe, чёрный", "ru"],
    ["12 500 — 7", null],
  ])("%s → %s", (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
