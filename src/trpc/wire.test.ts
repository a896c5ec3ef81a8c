import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { wire } from "./wire";

const at = new Date("2026-03-04T05:06:07.089Z");
// As JSON, and at another time.
const travelled = (sent: unknown) => JSON.parse(JSON.stringify(sent));

const values = [
  ["nothing at all", undefined],
  ["null", null],
  ["a word", "Привет"],
  ["a date", at],
  ["a list of dates", [at, at]],
  [
    "a page of rows",
    {
      items: [
        { id: "a", at, note: undefined },
        { id: "b", at: null },
      ],
      nextCursor: null,
    },
  ],
  ["missing and empty things", { none: undefined, list: [], object: {}, word: "", zero: 0, no: false }],
  ["keys that look like paths", { "a.b": at, "a\\b": at, "a\\.b": { "": at }, "": { ".": undefined } }],
  ["numbers without a sign in JSON", { owed: -0, ratio: NaN, most: Infinity, least: [-Infinity] }],
  ["one date at two places", { first: { at }, second: { at } }],
] as const;

describe("what travels between browser and server", () => {
  it.each(values)("%s reaches the browser as the server sent it", (_name, value) => {
    const sent = travelled(superjson.serialize(value));
    expect(wire.deserialize(sent)).toStrictEqual(value);
  });

  it.each(values)("%s reaches the server as the browser sent it", (_name, value) => {
    const sent = travelled(wire.serialize(value));
    expect(superjson.deserialize(sent)).toStrictEqual(value);
  });

  it("the same answer can be read twice", () => {
    const sent = travelled(superjson.serialize({ at }));
    expect([wire.deserialize(sent), wire.deserialize(sent)]).toStrictEqual([{ at }, { at }]);
  });

  it("a type that it does not know is refused, not guessed", () => {
    expect(() => wire.serialize({ ids: new Set(["a"]) })).toThrow("The wire carries no Set");
    expect(() => wire.deserialize(travelled(superjson.serialize({ ids: new Set(["a"]) })))).toThrow(
      "The wire carries no set",
    );
  });
});
