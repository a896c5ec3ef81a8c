import { describe, expect, it } from "vitest";
import { assembleText, chunkLimits, chunkText, type ExtractedSection } from "./chunking";

const section = (text: string, extra: Partial<ExtractedSection> = {}): ExtractedSection => ({
  heading: [],
  text,
  page: null,
  isRows: false,
  ...extra,
});
const sentence = (n: number) => `This is sentence number ${n} of a long and patient text about nothing.`;
const prose = (count: number) => Array.from({ length: count }, (_, i) => sentence(i)).join(" ");

function chunksOf(...sections: ExtractedSection[]) {
  const { text, sections: placed } = assembleText(sections);
  return { text, chunks: chunkText(text, placed) };
}

describe("chunkText", () => {
  it("keeps a short whole text as one passage", () => {
    expect(chunksOf(section("+7 495 1234567")).chunks).toMatchObject([{ start: 0, end: 14, text: "+7 495 1234567" }]);
  });

  it.each([
    ["prose", section(prose(200))],
    ["paragraphs", section(Array.from({ length: 60 }, (_, i) => prose(3 + (i % 4))).join("\n\n"))],
    ["a text without any boundary", section("ы".repeat(5_000))],
    ["emoji without spaces", section("😀".repeat(3_000))],
    ["hard-wrapped lines", section(prose(100).replace(/(.{60}\S*) /g, "$1\n"))],
    [
      "rows",
      section(Array.from({ length: 300 }, (_, i) => `Name: item ${i}; Price: ${i * 7}`).join("\n"), { isRows: true }),
    ],
  ])("cuts %s at exact offsets, covers all of it and keeps the limits", (_, given) => {
    const { text, chunks } = chunksOf(given);
    let covered = 0;
    for (const chunk of chunks) {
      expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
      expect(chunk.text.length).toBeLessThanOrEqual(chunkLimits.maxChars + chunkLimits.minChars);
      expect(chunk.text.isWellFormed()).toBe(true);
      expect(text.slice(covered, Math.max(covered, chunk.start)).trim()).toBe("");
      covered = chunk.end;
    }
    expect(covered).toBe(text.length);
  });

  it("ends passages of prose with a sentence and repeats at most the overlap", () => {
    const { chunks } = chunksOf(section(prose(60)));
    for (const [index, chunk] of chunks.entries()) {
      expect(chunk.text).toMatch(/\.$/);
      const previous = chunks[index - 1];
      if (previous) expect(previous.end - chunk.start).toBeLessThanOrEqual(chunkLimits.overlapChars);
    }
  });

  it("never cuts a row in two", () => {
    const rows = Array.from({ length: 120 }, (_, i) => `Article: A-${i}; Name: thing number ${i}; Price: ${i * 10} ₽`);
    for (const { text } of chunksOf(section(rows.join("\n"), { isRows: true })).chunks) {
      for (const line of text.split("\n")) expect(rows).toContain(line);
    }
  });

  it("gives each passage the path of its headings and its page", () => {
    const { chunks } = chunksOf(
      section(`Delivery\n${prose(3)}`, { heading: ["Shop", "Delivery"], page: 1 }),
      section(`Refunds\n${prose(3)}`, { heading: ["Shop", "Refunds"], page: 2 }),
    );
    expect(chunks).toMatchObject([
      { heading: "Shop › Delivery", page: 1 },
      { heading: "Shop › Refunds", page: 2 },
    ]);
  });

  it("leads with a heading that has no text of its own instead of making a passage of it", () => {
    const { chunks } = chunksOf(
      section("Contacts", { heading: ["Contacts"] }),
      section(prose(4), { heading: ["Contacts", "Office"] }),
    );
    expect(chunks).toHaveLength(1);
    expect(chunks[0]?.text).toMatch(/^Contacts/);
  });

  it("cuts 25 MB in seconds", () => {
    const given = section(prose(340_000));
    const startedAt = performance.now();
    expect(chunksOf(given).chunks.length).toBeGreaterThan(30_000);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

describe("assembleText", () => {
  it("keeps quotes, angle brackets, emoji and ё as they are, in NFC, without control characters", () => {
    const { text } = assembleText([section("Ёж «a» <b> url(x) 😀 cafe\u0301\u0000\u0007\r\nнет")]);
    expect(text).toBe("Ёж «a» <b> url(x) 😀 café\nнет");
  });
});
