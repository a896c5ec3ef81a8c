import { describe, expect, it } from "vitest";
import { momentsFrom } from "./moments";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour);
const offered = (now: Date) => Object.fromEntries(momentsFrom(now).map((moment) => [moment.key, moment.at]));

describe("the moments to put a dialog aside until", () => {
  it.each([
    { day: 20, monday: 23 },
    { day: 22, monday: 23 },
    { day: 23, monday: 30 },
  ])("are counted from now, and nine in the morning of the days to come ($day)", ({ day, monday }) => {
    expect(offered(at(day, 15))).toEqual({
      hour: at(day, 16),
      threeHours: at(day, 18),
      tomorrow: at(day + 1, 9),
      monday: at(monday, 9),
    });
  });
});
