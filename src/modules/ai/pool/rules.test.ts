import { describe, expect, it } from "vitest";
import type { OfferedModel } from "../contract";
import {
  backOffMs,
  breakerState,
  chooseKeys,
  coolingMs,
  costMicros,
  type KeyFacts,
  nextReturnMs,
  parseRetryAfter,
  restOf,
  standIns,
  usedPercent,
} from "./rules";

const NOW = Date.UTC(2026, 4, 31, 23, 30);
const MINUTE = 60_000;
const key = (more: Partial<KeyFacts> = {}): KeyFacts => ({
  id: "key",
  provider: "openai",
  models: ["gpt-4o"],
  priority: 1,
  isActive: true,
  isReadable: true,
  dailyTokenQuota: null,
  monthlyTokenQuota: null,
  dayTokens: 0,
  monthTokens: 0,
  coolingUntilMs: null,
  coolingReason: null,
  failures: 0,
  openedAtMs: null,
  lastUsedAtMs: 0,
  ...more,
});
const chosen = (keys: KeyFacts[], id = "gpt-4o", provider = "openai") =>
  chooseKeys(keys, { id, provider }, NOW).map((one) => one.id);

describe("the choice of a key", () => {
  it("takes the first priority first, then the key that rested longest", () => {
    const keys = [
      key({ id: "second", priority: 2 }),
      key({ id: "used just now", lastUsedAtMs: NOW - 1 }),
      key({ id: "used long ago", lastUsedAtMs: NOW - 9_000 }),
      key({ id: "never used" }),
      key({ id: "tenth", priority: 10 }),
    ];
    expect(chosen(keys)).toEqual(["never used", "used long ago", "used just now", "second", "tenth"]);
  });

  it.each([
    ["gpt-4o", "gpt-4o-mini"],
    ["gpt-4o-mini", "gpt-4o"],
    ["gpt-4", "gpt-4o"],
    ["GPT-4o", "gpt-4o"],
  ])("never takes a key of %s for %s", (listed, wanted) => {
    expect(chosen([key({ models: [listed] })], wanted)).toEqual([]);
  });

  it("never takes another provider's key for a model of the same name", () => {
    expect(chosen([key({ provider: "google" })])).toEqual([]);
  });

  it.each<[string, Partial<KeyFacts>, object | null]>([
    ["serves", {}, null],
    ["is out of service", { isActive: false }, { kind: "inactive" }],
    ["cannot be read", { isReadable: false }, { kind: "unreadable" }],
    ["cools", { coolingUntilMs: NOW + 1, coolingReason: "429" }, { kind: "cooling", reason: "429", untilMs: NOW + 1 }],
    ["has cooled", { coolingUntilMs: NOW, coolingReason: "429" }, null],
    ["is one token under its day", { dailyTokenQuota: 100, dayTokens: 99 }, null],
    [
      "has used up its day",
      { dailyTokenQuota: 100, dayTokens: 100 },
      { kind: "day-quota", untilMs: Date.UTC(2026, 5, 1) },
    ],
    [
      "has used up its month",
      { monthlyTokenQuota: 100, monthTokens: 170 },
      { kind: "month-quota", untilMs: Date.UTC(2026, 5, 1) },
    ],
    ["has an open breaker", { openedAtMs: NOW - 59_999 }, { kind: "open", untilMs: NOW + 1 }],
    ["has a half-open breaker", { openedAtMs: NOW - MINUTE }, null],
  ])("knows that a key %s", (_, facts, rest) => {
    expect(restOf(key(facts), NOW)).toEqual(rest);
    expect(chosen([key(facts)])).toEqual(rest === null ? ["key"] : []);
  });

  it("waits for the first that cools, and for nothing that only a person or the calendar ends", () => {
    const cooling = (ms: number) => key({ coolingUntilMs: NOW + ms, coolingReason: "429" });
    expect(nextReturnMs([cooling(900), cooling(300), key({ isActive: false })], NOW)).toBe(NOW + 300);
    expect(nextReturnMs([key({ isActive: false }), key({ openedAtMs: NOW })], NOW)).toBeNull();
  });
});

describe("the breaker", () => {
  it.each([
    [null, "closed"],
    [NOW, "open"],
    [NOW - 59_999, "open"],
    [NOW - 60_000, "half-open"],
    [NOW - 3_600_000, "half-open"],
  ])("opened at %s is %s", (openedAtMs, state) => {
    expect(breakerState({ openedAtMs }, NOW)).toBe(state);
  });
});

describe("models that stand in", () => {
  const model = (id: string, provider: OfferedModel["provider"], level: OfferedModel["level"]): OfferedModel => ({
    id,
    provider,
    level,
    isDemo: false,
  });
  const offered = [
    model("gpt-mini", "openai", "fast"),
    model("gpt", "openai", "balanced"),
    model("haiku", "anthropic", "fast"),
    model("sonnet", "anthropic", "balanced"),
    model("opus", "anthropic", "best"),
    model("flash", "google", "fast"),
  ];
  const order = (wanted: string) =>
    standIns(offered, offered.find(({ id }) => id === wanted) ?? model(wanted, "openai", null)).map(({ id }) => id);

  it("are the nearest of the other providers before others of the same one", () => {
    expect(order("gpt").slice(0, 2)).toEqual(["gpt", "sonnet"]);
    expect(order("gpt").at(-1)).toBe("gpt-mini");
    expect(order("gpt-mini").slice(0, 3)).toEqual(["gpt-mini", "haiku", "flash"]);
  });

  it("hold every offered model once", () => {
    expect(new Set(order("opus")).size).toBe(offered.length);
  });
});

describe("times and sums", () => {
  it.each([
    ["401", null, 3_600_000],
    ["401", 5_000, 3_600_000],
    ["402", null, 1_800_000],
    ["403", 7_200_000, 7_200_000],
    ["429", null, 5_000],
    ["429", 30_000, 30_000],
    ["429", 0, 1_000],
    ["429", 9e12, 86_400_000],
    ["400", null, null],
    ["404", 5_000, null],
    ["500", 5_000, null],
    ["timeout", null, null],
  ])("a key rests after %s with Retry-After %s for %s ms", (code, retryAfterMs, rest) => {
    expect(coolingMs(code, retryAfterMs)).toBe(rest);
  });

  it.each([
    [1, 0, 500],
    [1, 1, 700],
    [2, 0, 1_000],
    [3, 0.5, 2_100],
  ])("attempt %i with dice %f waits %i ms", (attempt, dice, wait) => {
    expect(backOffMs(attempt, dice)).toBe(wait);
  });

  it.each([
    ["7", 7_000],
    ["0.5", 500],
    ["-1", null],
    ["soon", null],
    ["", null],
    [null, null],
    [new Date(NOW + 90_000).toUTCString(), 90_000],
    [new Date(NOW - 90_000).toUTCString(), 0],
  ])("reads Retry-After %s as %s ms", (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  it("costs by the tokens of each kind, and is not known without a price or tokens", () => {
    const price = { promptMicros: 15_000_000, completionMicros: 60_000_000 };
    expect(costMicros(price, { promptTokens: 1_000, completionTokens: 500 })).toBe(45_000);
    expect(costMicros(price, { promptTokens: 1, completionTokens: null })).toBe(15);
    expect(costMicros(undefined, { promptTokens: 1, completionTokens: 1 })).toBeNull();
    expect(costMicros(price, { promptTokens: null, completionTokens: null })).toBeNull();
  });

  it("shows the used share of a quota, never more than all of it", () => {
    expect(usedPercent(999, 1_000)).toBe(99);
    expect(usedPercent(5_000, 1_000)).toBe(100);
    expect(usedPercent(5, null)).toBeNull();
  });
});
