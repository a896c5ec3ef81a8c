import { describe, expect, it } from "vitest";
import { matchingMembers, mentionedIds, mentionPieces, openMention, withMentionIds, withMentionNames } from "./rules";

const id = (n: number) => `0199d3a0-0000-7000-8000-00000000000${n}`;
const anna = { userId: id(1), name: "Анна" };
const annaK = { userId: id(2), name: "Анна Кузнецова" };
const ben = { userId: id(3), name: "Ben" };

describe("mentions in a note", () => {
  it("are kept as ids and shown as today's names", () => {
    const text = withMentionIds("Hi @Ben, ask @Анна Кузнецова.", [anna, annaK, ben]);
    expect(text).toBe(`Hi @[${ben.userId}], ask @[${annaK.userId}].`);
    expect(mentionedIds(text)).toEqual([ben.userId, annaK.userId]);
    expect(withMentionNames(text, [{ ...ben, name: "Benjamin" }, annaK])).toBe("Hi @Benjamin, ask @Анна Кузнецова.");
  });

  it.each([
    ["mail ben@Ben.example", "mail ben@Ben.example"],
    ["@Benny", "@Benny"],
    ["@ben!", `@[${ben.userId}]!`],
    ["@@Ben", `@@[${ben.userId}]`],
    ["no one", "no one"],
    ["@", "@"],
  ])("are names of members only, as whole words: %s", (typed, kept) => {
    expect(withMentionIds(typed, [anna, ben])).toBe(kept);
  });

  it("mean both members of one name", () => {
    const other = { userId: id(4), name: "ben" };
    expect(mentionedIds(withMentionIds("@Ben", [ben, other]))).toEqual([ben.userId, other.userId]);
  });

  it("leave an id as typed that names nobody", () => {
    const text = `see @[${id(9)}] and @[nonsense]`;
    expect(mentionPieces(text, [ben])).toEqual([{ text, isMention: false }]);
  });

  it("name each member once", () => {
    expect(mentionedIds(`@[${id(1)}] @[${id(1)}]`)).toEqual([id(1)]);
  });
});

describe("a mention that is being typed", () => {
  it.each([
    ["@", 1, { from: 0, query: "" }],
    ["ask @Ан", 7, { from: 4, query: "Ан" }],
    ["@Анна Ку", 8, { from: 0, query: "Анна Ку" }],
    ["a@b", 3, null],
    ["@Ben is here", 12, null],
    ["", 0, null],
    ["(@be", 4, { from: 1, query: "be" }],
  ])("in %j at %i", (text, caret, open) => expect(openMention(text, caret)).toEqual(open));

  it("finds members by any word of their name", () => {
    expect(matchingMembers([anna, annaK, ben], "куз")).toEqual([annaK]);
    expect(matchingMembers([anna, annaK, ben], "")).toHaveLength(3);
  });
});
