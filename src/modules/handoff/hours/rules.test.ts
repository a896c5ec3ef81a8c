import { describe, expect, it } from "vitest";
import { type Hours, type Interval, isOpen, nextClosing, nextOpening, overlaps, workingMs } from "./rules";

const h = (hour: number, minute = 0) => hour * 60 + minute;
const interval = (from: number, to: number): Interval => ({ from, to });
const DAY = [interval(h(9), h(13)), interval(h(14), h(18))];
const hours = (more: Partial<Hours> = {}): Hours => ({
  isAlwaysOpen: false,
  timeZone: "Europe/Moscow",
  week: [DAY, DAY, DAY, DAY, DAY, [], []],
  specialDays: [],
  ...more,
});
const every = (...intervals: Interval[]) => Array.from({ length: 7 }, () => intervals);
const at = (iso: string) => new Date(iso);

describe("working hours", () => {
  it.each([
    // 2026-11-23 is a Monday; Moscow is three hours ahead of UTC.
    ["2026-11-23T05:59:59Z", false, "a second before they begin"],
    ["2026-11-23T06:00:00Z", true, "the first moment"],
    ["2026-11-23T09:59:59Z", true, "the last second before the break"],
    ["2026-11-23T10:00:00Z", false, "in the break"],
    ["2026-11-23T11:00:00Z", true, "after the break"],
    ["2026-11-23T15:00:00Z", false, "the end belongs to the evening"],
    ["2026-11-22T08:00:00Z", false, "on a Sunday"],
  ])("at %s are open: %s (%s)", (iso, open) => {
    expect(isOpen(hours(), at(iso))).toBe(open);
  });

  it.each([
    ["2026-11-23T10:30:00Z", "2026-11-23T11:00:00Z", "after the break"],
    ["2026-11-23T20:00:00Z", "2026-11-24T06:00:00Z", "tomorrow"],
    ["2026-11-27T15:00:00Z", "2026-11-30T06:00:00Z", "over the weekend"],
    ["2026-11-23T07:00:00Z", "2026-11-23T07:00:00Z", "now"],
  ])("after %s begin at %s (%s)", (iso, opensAt) => {
    expect(nextOpening(hours(), at(iso))).toEqual(at(opensAt));
  });

  it("without any day never begin", () => {
    expect(nextOpening(hours({ week: every() }), at("2026-11-23T07:00:00Z"))).toBeNull();
  });

  it("that never end are always open, without a closing", () => {
    const always = hours({ isAlwaysOpen: true, week: every() });
    expect(isOpen(always, at("2026-11-22T02:00:00Z"))).toBe(true);
    expect(nextClosing(always, at("2026-11-22T02:00:00Z"))).toBeNull();
    expect(workingMs(always, at("2026-11-22T02:00:00Z"), at("2026-11-22T03:00:00Z"))).toBe(3_600_000);
  });
});

describe("an interval past midnight", () => {
  const night = hours({ timeZone: "UTC", week: every(interval(h(22), h(6))) });

  it.each([
    ["2026-11-23T21:59:00Z", false],
    ["2026-11-23T22:00:00Z", true],
    ["2026-11-24T05:59:00Z", true],
    ["2026-11-24T06:00:00Z", false],
  ])("at %s is open: %s", (iso, open) => {
    expect(isOpen(night, at(iso))).toBe(open);
  });

  it("belongs to the day on which it began, also before a day off", () => {
    const off = { day: "2026-11-24", name: "Day off", isYearly: false, intervals: [] };
    const withDayOff = { ...night, specialDays: [off] };
    expect(isOpen(withDayOff, at("2026-11-24T05:00:00Z"))).toBe(true);
    expect(isOpen(withDayOff, at("2026-11-24T23:00:00Z"))).toBe(false);
  });

  it("and one from midnight on are one stretch", () => {
    const whole = hours({ timeZone: "UTC", week: every(interval(h(0), h(6)), interval(h(18), h(0))) });
    expect(nextClosing(whole, at("2026-11-23T23:30:00Z"))).toEqual(at("2026-11-24T06:00:00Z"));
    expect(workingMs(whole, at("2026-11-23T17:00:00Z"), at("2026-11-24T07:00:00Z"))).toBe(12 * 3_600_000);
  });

  it("may fill the whole day", () => {
    const day = hours({ timeZone: "UTC", week: every(interval(0, 1440)) });
    expect(isOpen(day, at("2026-11-23T23:59:59Z"))).toBe(true);
    expect(isOpen(day, at("2026-11-24T00:00:00Z"))).toBe(true);
  });
});

describe("when clocks change", () => {
  // Berlin: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
  const berlin = (...intervals: Interval[]) => hours({ timeZone: "Europe/Berlin", week: every(...intervals) });

  it("the same clock time opens an hour earlier in UTC from spring on", () => {
    const nine = berlin(interval(h(9), h(18)));
    expect(nextOpening(nine, at("2026-03-28T20:00:00Z"))).toEqual(at("2026-03-29T07:00:00Z"));
    expect(nextOpening(nine, at("2026-03-27T20:00:00Z"))).toEqual(at("2026-03-28T08:00:00Z"));
  });

  it("a night has one hour less in spring and one more in autumn", () => {
    const night = berlin(interval(h(0), h(6)));
    const worked = (from: string, to: string) => workingMs(night, at(from), at(to)) / 3_600_000;
    expect(worked("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toBe(5);
    expect(worked("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toBe(7);
  });

  it("a start in the skipped hour is the moment of the jump, and a stretch that is skipped as a whole is none", () => {
    expect(nextOpening(berlin(interval(h(2, 30), h(8))), at("2026-03-29T00:00:00Z"))).toEqual(
      at("2026-03-29T01:00:00Z"),
    );
    const skipped = berlin(interval(h(2, 10), h(2, 40)));
    expect(workingMs(skipped, at("2026-03-29T00:00:00Z"), at("2026-03-29T12:00:00Z"))).toBe(0);
  });

  it("an hour that comes twice is open both times", () => {
    const twice = berlin(interval(h(2), h(3)));
    expect(isOpen(twice, at("2026-10-25T00:30:00Z"))).toBe(true);
    expect(isOpen(twice, at("2026-10-25T01:30:00Z"))).toBe(true);
    expect(isOpen(twice, at("2026-10-25T02:00:00Z"))).toBe(false);
  });
});

describe("special days", () => {
  const holiday = { day: "2020-01-01", name: "New Year", isYearly: true, intervals: [] };
  const short = { day: "2026-12-31", name: "Short day", isYearly: false, intervals: [interval(h(9), h(12))] };
  const withDays = hours({ specialDays: [holiday, short] });

  it("take the place of the weekday, each year or once", () => {
    expect(isOpen(withDays, at("2026-12-31T08:00:00Z"))).toBe(true);
    expect(isOpen(withDays, at("2026-12-31T12:00:00Z"))).toBe(false);
    expect(isOpen(withDays, at("2027-01-01T08:00:00Z"))).toBe(false);
    expect(isOpen(withDays, at("2027-12-31T12:00:00Z"))).toBe(true);
    expect(nextOpening(withDays, at("2026-12-31T09:00:00Z"))).toEqual(at("2027-01-04T06:00:00Z"));
  });

  it("of one year go before those of each year", () => {
    const open = { ...holiday, day: "2027-01-01", isYearly: false, intervals: [interval(h(10), h(11))] };
    expect(isOpen({ ...withDays, specialDays: [holiday, open] }, at("2027-01-01T07:30:00Z"))).toBe(true);
  });
});

describe("working time", () => {
  it.each([
    ["2026-11-23T06:00:00Z", "2026-11-23T06:05:00Z", 5, "within one stretch"],
    ["2026-11-23T09:58:00Z", "2026-11-23T11:03:00Z", 5, "over the break"],
    ["2026-11-27T14:58:00Z", "2026-11-30T06:03:00Z", 5, "over the weekend"],
    ["2026-11-28T10:00:00Z", "2026-11-29T10:00:00Z", 0, "all of it closed"],
    ["2026-11-23T07:00:00Z", "2026-11-23T06:00:00Z", 0, "backwards"],
  ])("from %s to %s is %i minutes (%s)", (from, to, minutes) => {
    expect(workingMs(hours(), at(from), at(to))).toBe(minutes * 60_000);
  });
});

it("finds intervals of one day that share a minute", () => {
  expect(overlaps(DAY)).toBe(false);
  expect(overlaps([interval(h(14), h(18)), interval(h(9), h(14))])).toBe(false);
  expect(overlaps([interval(h(9), h(14)), interval(h(13), h(18))])).toBe(true);
  expect(overlaps([interval(h(20), h(4)), interval(h(23), h(23, 30))])).toBe(true);
});
