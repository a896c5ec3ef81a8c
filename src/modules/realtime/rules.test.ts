import { describe, expect, it } from "vitest";
import { stripOf } from "@/modules/realtime/rules";

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
