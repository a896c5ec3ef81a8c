import { describe, expect, it } from "vitest";
import { dayOf, endOfDay, isDay, startOfDay, startOfMonth, startOfWeek } from "./zone";

describe("days and months of a place", () => {
  it.each([
    ["2025-11-22", "Europe/Moscow", "2025-11-21T21:00:00.000Z"],
    ["2025-11-22", "UTC", "2025-11-22T00:00:00.000Z"],
    ["2025-11-22", "America/New_York", "2025-11-22T05:00:00.000Z"],
    ["2025-07-01", "America/New_York", "2025-07-01T04:00:00.000Z"],
    ["2025-03-30", "Europe/Berlin", "2025-03-29T23:00:00.000Z"],
    ["2025-03-31", "Europe/Berlin", "2025-03-30T22:00:00.000Z"],
    ["2025-01-01", "Asia/Kathmandu", "2024-12-31T18:15:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant);
  });

  it.each([
    ["2025-09-07", "America/Santiago", "2025-09-07T04:00:00.000Z"],
    ["2025-03-09", "America/Havana", "2025-03-09T05:00:00.000Z"],
    ["2025-03-30", "Atlantic/Azores", "2025-03-30T01:00:00.000Z"],
    ["2025-04-25", "Africa/Cairo", "2025-04-24T22:00:00.000Z"],
    ["2025-04-06", "America/Santiago", "2025-04-06T04:00:00.000Z"],
    ["2025-11-02", "America/Havana", "2025-11-02T04:00:00.000Z"],
    ["2025-10-26", "Atlantic/Azores", "2025-10-26T00:00:00.000Z"],
    ["2025-10-31", "Africa/Cairo", "2025-10-30T22:00:00.000Z"],
  ])("%s in %s, whose clocks change at midnight, begins at %s and not a moment earlier", (day, zone, instant) => {
    const start = startOfDay(day, zone);
    expect(start.toISOString()).toBe(instant);
    expect([dayOf(start, zone), dayOf(new Date(start.getTime() - 1), zone)]).toEqual([
      day,
      dayOf(new Date(Date.parse(day) - 86_400_000), "UTC"),
    ]);
  });

  it.each([
    ["2024-02-29", true],
    ["2025-02-29", false],
    ["2025-02-30", false],
    ["2025-13-01", false],
    ["2025-1-1", false],
    ["0020-11-22", false],
    ["1969-12-31", false],
    ["1970-01-01", true],
    ["9998-12-31", true],
    ["9999-12-31", false],
    ["", false],
    ["2025-11-22T00:00", false],
  ])("%j is a day: %s", (text, is) => expect(isDay(text)).toBe(is));

  it("a day ends where the next begins, also when the clocks change", () => {
    expect(endOfDay("2025-03-30", "Europe/Berlin").toISOString()).toBe("2025-03-30T22:00:00.000Z");
    expect(endOfDay("2025-12-31", "Europe/Moscow").toISOString()).toBe("2025-12-31T21:00:00.000Z");
  });

  it.each([
    ["2025-11-23T20:59:00Z", "2025-11-16T21:00:00.000Z"],
    ["2025-11-23T21:01:00Z", "2025-11-23T21:00:00.000Z"],
    ["2025-11-26T12:00:00Z", "2025-11-23T21:00:00.000Z"],
  ])("the week of %s in Moscow began on Monday, %s", (at, monday) => {
    expect(startOfWeek(new Date(at), "Europe/Moscow").toISOString()).toBe(monday);
  });

  it("a month of Moscow begins three hours before the one of London", () => {
    const at = new Date("2025-10-31T22:30:00Z");
    expect(dayOf(at, "Europe/Moscow")).toBe("2025-11-01");
    expect(startOfMonth(at, "Europe/Moscow").toISOString()).toBe("2025-10-31T21:00:00.000Z");
    expect(startOfMonth(at, "UTC").toISOString()).toBe("2025-10-01T00:00:00.000Z");
  });
});
