import { describe, expect, it } from "vitest";
import { scrollTopFor, spanOf } from "./use-row-window";

// Four rows: 28 px, then three of 68.
const tops = [0, 28, 96, 164, 232];

describe("the rows of a list that are drawn", () => {
  it("are those that the window meets", () => {
    expect(spanOf(tops, { fromPx: 0, toPx: 27 }, 0)).toEqual({ first: 0, end: 1 });
    expect(spanOf(tops, { fromPx: 28, toPx: 95 }, 0)).toEqual({ first: 1, end: 2 });
    expect(spanOf(tops, { fromPx: 60, toPx: 200 }, 0)).toEqual({ first: 1, end: 4 });
  });

  it("reach beyond both edges, and not beyond the list", () => {
    expect(spanOf(tops, { fromPx: 100, toPx: 110 }, 1)).toEqual({ first: 1, end: 4 });
    expect(spanOf(tops, { fromPx: 100, toPx: 110 }, 50)).toEqual({ first: 0, end: 4 });
  });

  it("are none of an empty list, and the last ones of a list that became shorter than the window", () => {
    expect(spanOf([0], { fromPx: 0, toPx: 500 }, 8)).toEqual({ first: 0, end: 0 });
    expect(spanOf(tops, { fromPx: 4_000, toPx: 4_500 }, 1)).toEqual({ first: 3, end: 4 });
  });
});

describe("bringing a row into sight", () => {
  it.each([
    ["leaves the window where it is when the row is seen whole", 1, { topPx: 0, heightPx: 100 }, 0],
    ["goes up to the row's beginning", 1, { topPx: 50, heightPx: 100 }, 28],
    ["goes down until the row's end is seen", 3, { topPx: 0, heightPx: 100 }, 132],
  ] as const)("%s", (_name, index, window, expected) => {
    expect(scrollTopFor(tops, index, window)).toBe(expected);
  });
});
