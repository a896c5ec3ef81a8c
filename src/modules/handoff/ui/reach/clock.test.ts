import { describe, expect, it } from "vitest";
import { fromClock, toClock, toInterval } from "./clock";

describe("a time of day", () => {
  it.each([
    ["9", 540],
    ["9:30", 570],
    ["09.30", 570],
    ["0930", 570],
    [" 18-00 ", 1080],
    ["24:00", 0],
    ["0", 0],
  ])("%s is minute %i", (text, minute) => {
    expect(fromClock(text)).toBe(minute);
  });

  it.each(["", "25", "24:01", "9:60", "nine", "9:3", "12345"])("%s is none", (text) => {
    expect(fromClock(text)).toBeNull();
  });

  it("is shown with two digits each; the end of the day as midnight", () => {
    expect([0, 570, 1440].map(toClock)).toEqual(["00:00", "09:30", "00:00"]);
  });

  it("from midnight to midnight is the whole day", () => {
    expect(toInterval(0, 0)).toEqual({ from: 0, to: 1440 });
    expect(toInterval(1320, 360)).toEqual({ from: 1320, to: 360 });
  });
});
