import { expect, it } from "vitest";
import { lockedUntil } from "./rules";

const now = new Date("2026-01-01T12:00:00Z");
const minutesAgo = (...minutes: number[]) => minutes.map((m) => new Date(now.getTime() - m * 60_000));

it.each([
  ["fewer failures than the limit", minutesAgo(1, 2, 3, 4), null],
  ["the limit within a quarter of an hour", minutesAgo(1, 2, 3, 4, 5), 29],
  ["the limit over a longer time", minutesAgo(1, 5, 9, 13, 17), null],
  ["a lock that has just ended", minutesAgo(30, 31, 32, 33, 34), null],
  ["a lock still running though the failures left the window", minutesAgo(29, 30, 31, 32, 33), 1],
] as const)("%s", (_, failures, minutesLeft) => {
  const until = lockedUntil(failures, 5, now);
  expect(until === null ? null : (until.getTime() - now.getTime()) / 60_000).toBe(minutesLeft);
});
