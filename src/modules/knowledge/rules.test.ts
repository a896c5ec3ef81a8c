import { describe, expect, it } from "vitest";
import { INGESTION_FAILURES } from "./limits";
import { isWorking, pathAbove, remedyOf, stageOf } from "./rules";

describe("stageOf", () => {
  it.each([
    ["queued", {}, 1, 0],
    ["extracting", { done: 14, total: 32 }, 2, 14 / 32],
    ["chunking", {}, 3, 0],
    ["embedding", { done: 40, total: 118 }, 4, 40 / 118],
    ["ready", {}, 5, 0],
    ["extracting", { done: 5, total: 0 }, 2, 0],
    ["extracting", { done: 9, total: 3 }, 2, 1],
  ] as const)("%s %j", (status, stage, index, share) => {
    expect(stageOf({ status, stage })).toMatchObject({ index, share });
  });
});

describe("isWorking", () => {
  it.each([
    ["queued", true],
    ["extracting", true],
    ["chunking", true],
    ["embedding", true],
    ["ready", false],
    ["failed", false],
    ["quarantined", false],
  ] as const)("%s: %s", (status, expected) => {
    expect(isWorking({ status })).toBe(expected);
  });
});

describe("remedyOf", () => {
  it("offers a retry only for what may pass with the same file", () => {
    expect(INGESTION_FAILURES.filter((reason) => remedyOf(reason) === "retry")).toEqual([
      "too-complex",
      "timeout",
      "internal",
    ]);
    expect(remedyOf("zip-bomb")).toBe("remove");
    expect(remedyOf("encrypted")).toBe("upload");
  });
});

describe("pathAbove", () => {
  it.each([
    ["Shop › Delivery", "Delivery\n\nTwo days", "Shop"],
    ["Shop › Delivery", "## Delivery\n\nTwo days", "Shop"],
    ["Shop › Delivery", "Two days", "Shop › Delivery"],
    ["Delivery", "Delivery: two days", ""],
    ["", "Two days", ""],
  ])("%s over %j: %j", (heading, text, shown) => {
    expect(pathAbove({ heading, text })).toBe(shown);
  });
});
