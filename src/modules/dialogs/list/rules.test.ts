import { describe, expect, it } from "vitest";
import { boundsOf } from "./rules";

const now = new Date("2025-11-30T21:30:00Z");

describe("a period of the list", () => {
  it.each([
    ["today", "Europe/Moscow", "2025-11-30T21:00:00.000Z"],
    ["today", "UTC", "2025-11-30T00:00:00.000Z"],
    ["week", "Europe/Moscow", "2025-11-30T21:00:00.000Z"],
    ["week", "UTC", "2025-11-24T00:00:00.000Z"],
    ["month", "Europe/Moscow", "2025-11-30T21:00:00.000Z"],
    ["month", "UTC", "2025-11-01T00:00:00.000Z"],
  ] as const)("%s in %s begins at %s", (period, timeZone, since) => {
    expect(boundsOf({ period }, now, timeZone)).toEqual({ since: new Date(since), before: null });
  });

  it("of days contains both of them whole, also where the clocks change", () => {
    expect(boundsOf({ period: "custom", from: "2025-03-30", to: "2025-03-30" }, now, "Europe/Berlin")).toEqual({
      since: new Date("2025-03-29T23:00:00Z"),
      before: new Date("2025-03-30T22:00:00Z"),
    });
    expect(boundsOf({ period: "custom" }, now, "UTC")).toEqual({ since: null, before: null });
  });

  it("does not read days that were left from an earlier choice", () => {
    expect(boundsOf({ from: "2025-03-30", to: "2025-03-30" }, now, "UTC")).toEqual({ since: null, before: null });
  });
});
