import { describe, expect, it } from "vitest";
import { buildPostings, readPostings } from "./postings";

const index = (texts: string[], name = "", heading = "") =>
  buildPostings(
    texts.map((text) => ({ text, heading })),
    name,
    "en",
  );
const postingOf = (built: ReturnType<typeof index>, term: string) =>
  [...readPostings(built.postings)].find((posting) => posting.term === term);

describe("the inverted index of a document", () => {
  it("lists for each term its passages in order, how often it is there and how long they are", () => {
    const built = index(["tea tea green", "black coffee", "green tea cups here today"]);
    expect(postingOf(built, "tea")).toEqual({ term: "tea", ordinals: [0, 2], frequencies: [2, 1], termCounts: [3, 5] });
    expect(postingOf(built, "coffe")).toEqual({ term: "coffe", ordinals: [1], frequencies: [1], termCounts: [2] });
    expect(built.termCount).toBe(10);
  });

  it("counts words of the name and the heading once more, without making passages longer", () => {
    const built = index(["tea costs five"], "Tea.txt", "Tea prices");
    expect(postingOf(built, "tea")).toMatchObject({ frequencies: [2], termCounts: [3] });
    expect(postingOf(built, "price")).toMatchObject({ frequencies: [1], termCounts: [3] });
  });

  it("keeps every entry of a text with more of them than fit its first room", () => {
    const texts = Array.from({ length: 3_000 }, (_, n) => `tea number${n} shared word`);
    const built = index(texts);
    expect(postingOf(built, "tea")?.ordinals).toEqual(texts.map((_, n) => n));
    expect(postingOf(built, "number2999")?.ordinals).toEqual([2_999]);
  });

  it("of nothing is empty", () => {
    expect([...readPostings(index([]).postings)]).toEqual([]);
  });
});
