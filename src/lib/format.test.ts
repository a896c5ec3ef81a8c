import { describe, expect, it } from "vitest";
import { formatBytes, formatDuration, formatLatency, formatMoney, formatShare, formatTimeAgo } from "./format";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  it.each([
    [1_234_500_000, {}, "₽1,234.50", "1 234,50 ₽"],
    [-5_000_000, {}, "−₽5.00", "−5,00 ₽"],
    [1_000_000_000, { signed: true }, "+₽1,000.00", "+1 000,00 ₽"],
    [300_000_000, { style: "prose" }, "₽300", "300 ₽"],
    [1_240_990_000, { style: "badge" }, "₽1,240", "1 240 ₽"],
    [12_345, { style: "cost" }, "₽0.0123", "0,0123 ₽"],
  ] as const)("writes %d micros as people of each language do", (micros, options, en, ru) => {
    expect(plain(formatMoney(micros, { locale: "en", ...options }))).toBe(en);
    expect(plain(formatMoney(micros, { locale: "ru", ...options }))).toBe(ru);
  });
});

it.each([
  [42_000, "0:42", "0:42"],
  [119_999, "1:59", "1:59"],
  [4 * 60_000, "4 min", "4 мин"],
  [72 * 60_000, "1 h 12 min", "1 ч 12 мин"],
  [120 * 60_000, "2 h", "2 ч"],
])("says a span of %d ms shortly", (durationMs, en, ru) => {
  expect(plain(formatDuration(durationMs, "en"))).toBe(en);
  expect(plain(formatDuration(durationMs, "ru"))).toBe(ru);
});

it("gives latency one decimal, shares their base and sizes their unit", () => {
  expect(plain(formatLatency(1430, "en"))).toBe("1.4 s");
  expect(plain(formatLatency(1430, "ru"))).toBe("1,4 с");
  expect(plain(formatLatency(12, "ru"))).toBe("< 0,1 с");
  expect(plain(formatShare(197, 318, "en"))).toBe("62 % of 318");
  expect(plain(formatShare(1234, 2000, "ru"))).toBe("61,7 % из 2 000");
  expect(formatShare(0, 0, "en")).toBe("–");
  expect(plain(formatBytes(900, "en"))).toBe("900 B");
  expect(plain(formatBytes(1_572_864, "ru"))).toBe("1,5 МБ");
  expect(plain(formatBytes(25 * 1024 * 1024, "en"))).toBe("25 MB");
});

describe("time ago", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  const say = (at: string, locale: "en" | "ru", timeZone = "Europe/Moscow") =>
    plain(formatTimeAgo(new Date(at), { locale, timeZone, now }));

  it.each([
    ["2026-11-20T11:59:30Z", "now", "сейчас"],
    ["2026-11-20T12:00:09Z", "now", "сейчас"],
    ["2026-11-20T11:59:10Z", "1 min", "1 мин"],
    ["2026-11-20T11:55:00Z", "5 min", "5 мин"],
    ["2026-11-20T06:32:00Z", "09:32", "09:32"],
    ["2026-11-19T11:32:00Z", "Yesterday 14:32", "Вчера, 14:32"],
    ["2026-11-16T11:32:00Z", "Mon 14:32", "пн, 14:32"],
    ["2026-11-12T11:32:00Z", "12 Nov", "12 нояб."],
    ["2025-11-12T11:32:00Z", "12 Nov 2025", "12.11.2025"],
  ])("says %s as people do", (at, en, ru) => {
    expect(say(at, "en")).toBe(en);
    expect(say(at, "ru")).toBe(ru);
  });

  it("counts days in the person's zone", () => {
    expect(say("2026-11-19T21:30:00Z", "en", "Europe/Moscow")).toBe("00:30");
    expect(say("2026-11-19T21:30:00Z", "en", "UTC")).toBe("Yesterday 21:30");
  });
});
