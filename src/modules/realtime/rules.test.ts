import { describe, expect, it } from "vitest";
import { retryDelayMs, standOf, stripOf } from "@/modules/realtime/rules";

describe("stripOf", () => {
  it.each([
    [
      "says nothing of a short drop",
      { isLive: false, sinceMs: 0, wasSaid: false, missed: 0 },
      2_999,
      { kind: "online" },
    ],
    [
      "says that it reconnects after three seconds",
      { isLive: false, sinceMs: 0, wasSaid: false, missed: 0 },
      3_000,
      { kind: "reconnecting" },
    ],
    [
      "says offline after thirty seconds",
      { isLive: false, sinceMs: 0, wasSaid: true, missed: 0 },
      30_000,
      { kind: "offline" },
    ],
    [
      "says what was missed when the line is back",
      { isLive: true, sinceMs: 0, wasSaid: true, missed: 3 },
      2_999,
      { kind: "back", missed: 3 },
    ],
    [
      "falls silent three seconds later",
      { isLive: true, sinceMs: 0, wasSaid: true, missed: 3 },
      3_000,
      { kind: "online" },
    ],
    [
      "does not announce a recovery nobody worried about",
      { isLive: true, sinceMs: 0, wasSaid: false, missed: 1 },
      10,
      { kind: "online" },
    ],
  ])("%s", (_name, link, nowMs, strip) => {
    expect(stripOf(link, nowMs)).toEqual(strip);
  });
});

describe("trying again", () => {
  it("waits 1, 2, 4, 8 and 10 seconds at most, and never all tabs alike", () => {
    expect([0, 1, 2, 3, 4, 5, 99].map((failures) => retryDelayMs(failures, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
    ]);
    expect(retryDelayMs(1, 1)).toBe(1_500);
  });
});

describe("a numbered hint", () => {
  it.each([
    [undefined, 5, "ahead"],
    [4, 5, "next"],
    [5, 5, "known"],
    [6, 5, "known"],
    [3, 5, "ahead"],
  ] as const)("behind %s is with number %s %s", (lastSeq, seq, stand) => {
    expect(standOf(lastSeq, seq)).toBe(stand);
  });
});
