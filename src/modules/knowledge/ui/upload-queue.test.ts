import { describe, expect, it } from "vitest";
import { readFailure } from "./upload-queue";

const answer = (status: number, data: unknown) =>
  readFailure({ status, responseText: JSON.stringify({ error: { json: { message: "m", data } } }) });

describe("readFailure", () => {
  it.each([
    [413, { facts: { reason: "too-large" }, requestId: "r" }, { reason: "too-large", requestId: "r" }],
    [409, { facts: { reason: "duplicate", name: "Prices.pdf" } }, { reason: "duplicate", repeats: "Prices.pdf" }],
    [402, { facts: { reason: "no-funds", neededMicros: 5 } }, { reason: "no-funds", neededMicros: 5 }],
    [429, { facts: { seconds: 40 }, requestId: "r" }, { reason: "limit", seconds: 40 }],
    [404, { facts: { thing: "Assistant" } }, { reason: "not-found" }],
    [500, { facts: {}, requestId: "r" }, { reason: "other", requestId: "r" }],
  ])("%d %j", (status, data, expected) => {
    expect(answer(status, data)).toMatchObject(expected);
  });

  it("says that something broke when a proxy answers with its own page", () => {
    expect(readFailure({ status: 502, responseText: "<html>Bad gateway</html>" })).toEqual({
      reason: "other",
      requestId: undefined,
    });
  });
});
