import { describe, expect, it } from "vitest";
import { answersFor, decimalOf, forecast, levelOf, noticeDue, shownKinds } from "./rules";

const PRICE = 5_000_000;
const now = new Date("2025-11-22T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe("how far money reaches", () => {
  it.each([
    [50 * PRICE, "enough"],
    [50 * PRICE - 1, "low"],
    [PRICE, "low"],
    [PRICE - 1, "empty"],
    [0, "empty"],
  ] as const)("%i micros are %s", (left, level) => expect(levelOf(left, PRICE)).toBe(level));

  it("free answers are never short", () => {
    expect(levelOf(0, 0)).toBe("enough");
    expect(answersFor(0, 0)).toBeNull();
  });

  it("counts whole answers only", () => expect(answersFor(2 * PRICE - 1, PRICE)).toBe(1));

  it.each([
    ["low", false, false, "low"],
    ["low", true, false, null],
    ["empty", true, false, "empty"],
    ["empty", false, false, "empty"],
    ["empty", true, true, null],
    ["enough", false, false, null],
  ] as const)("on %s (told low %s, empty %s) the letter due is %s", (level, isLowTold, isEmptyTold, due) => {
    expect(noticeDue(level, { isLowTold, isEmptyTold })).toBe(due);
  });
});

describe("the forecast", () => {
  it("is not made before three days of spending", () => {
    expect(forecast(100, { weekMicros: 70, firstAt: null }, now)).toBeNull();
    expect(forecast(100, { weekMicros: 70, firstAt: daysAgo(2.9) }, now)).toBeNull();
  });

  it("spreads the week's spend over the days there were", () => {
    expect(forecast(1000, { weekMicros: 700, firstAt: daysAgo(30) }, now)).toEqual({ perDayMicros: 100, daysLeft: 10 });
    expect(forecast(1000, { weekMicros: 400, firstAt: daysAgo(4) }, now)).toEqual({ perDayMicros: 100, daysLeft: 10 });
  });

  it("names no day when nothing was spent in a week", () => {
    expect(forecast(1000, { weekMicros: 0, firstAt: daysAgo(30) }, now)).toEqual({ perDayMicros: 0, daysLeft: null });
  });
});

describe("the ledger's filter", () => {
  it("hides holds unless they are asked for", () => {
    expect(shownKinds(undefined, false)).toEqual({ without: ["hold", "release"] });
    expect(shownKinds(undefined, true)).toEqual({ without: [] });
    expect(shownKinds("hold", false)).toEqual({ only: ["hold"] });
    expect(shownKinds("charges", false)).toEqual({ only: ["charge_answer", "charge_document"] });
  });
});

describe("an amount in a file", () => {
  it.each([
    [5_000_000, "5.00"],
    [-5_000_000, "-5.00"],
    [0, "0.00"],
    [1, "0.000001"],
    [-1_234_500_000, "-1234.50"],
    [12_345_600, "12.3456"],
    [Number.MAX_SAFE_INTEGER, "9007199254.740991"],
  ])("%i micros are %s", (micros, text) => expect(decimalOf(micros, ".")).toBe(text));
});
