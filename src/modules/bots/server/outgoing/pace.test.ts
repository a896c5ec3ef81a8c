import { expect, it } from "vitest";
import { Pace } from "./pace";

/** When `count` messages that all want to leave at once do leave, in milliseconds from the start. */
function departures(count: number, chatOf: (n: number) => number): number[] {
  let nowMs = 1_000_000;
  const pace = new Pace(() => nowMs);
  return Array.from({ length: count }, (_, n) => {
    for (let waitMs = pace.take("bot", chatOf(n)); waitMs > 0; waitMs = pace.take("bot", chatOf(n))) nowMs += waitMs;
    return nowMs - 1_000_000;
  });
}

const mostWithin = (times: number[], windowMs: number) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));

it("lets a bot send at most thirty messages in any second, however many chats wait", () => {
  expect(
    mostWithin(
      departures(300, (n) => n + 1),
      1_000,
    ),
  ).toBeLessThanOrEqual(30);
});

it("lets a private chat have a short burst, then one message a second", () => {
  expect(departures(6, () => 1)).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
});

it("lets a group have at most twenty messages in any minute", () => {
  expect(
    mostWithin(
      departures(80, () => -100),
      60_000,
    ),
  ).toBeLessThanOrEqual(20);
});

it("holds back only the chat that was told to wait", () => {
  let nowMs = 0;
  const pace = new Pace(() => nowMs);
  pace.pause("bot", -1, 5_000);
  expect(pace.take("bot", -1)).toBe(5_000);
  expect(pace.take("bot", -2)).toBe(0);
  nowMs = 5_000;
  expect(pace.take("bot", -1)).toBe(0);
});
