import { describe, expect, it } from "vitest";
import { parseCursor, toCursor } from "./rules";

const id = "0199d3a0-0000-7000-8000-000000000001";

describe("the place where a page ended", () => {
  it.each(["2025-11-22T12:00:00.123Z", "9999-12-31T23:59:59.999Z"])("of %s is found again", (at) => {
    expect(parseCursor(toCursor(new Date(at), id))).toEqual({ at: new Date(at), id });
  });

  it.each([
    undefined,
    "",
    "nonsense",
    `_${id}`,
    toCursor(new Date("+010000-01-01T00:00:00Z"), id),
    `zzzzzzzzzzz_${id}`,
  ])("%s is none, and the list starts from the top", (cursor) => expect(parseCursor(cursor)).toBeUndefined());
});
