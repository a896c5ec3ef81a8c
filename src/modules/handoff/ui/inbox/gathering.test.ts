import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Gathering, Newest } from "./gathering";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("hands on what happened to the rows once for a burst, and in time where something happens all the time", () => {
  const passed: string[][] = [];
  const gathering = new Gathering(
    (ids) => passed.push(ids),
    () => 150,
  );
  for (const id of ["a", "b", "a"]) gathering.touch(id);
  vi.advanceTimersByTime(150);
  expect(passed).toEqual([["a", "b"]]);
  for (let n = 0; n < 20; n += 1) {
    gathering.touch(`row ${n}`);
    vi.advanceTimersByTime(100);
  }
  expect(passed.length).toBeGreaterThan(8);
  gathering.touch("late");
  gathering.stop();
  const count = passed.length;
  vi.runAllTimers();
  expect(passed).toHaveLength(count);
});

describe("answers in another order than their questions", () => {
  it("count only for what was not asked again meanwhile", () => {
    const newest = new Newest();
    const first = newest.ask(["a", "b"]);
    const second = newest.ask(["a"]);
    expect(second()).toEqual(["a"]);
    expect(first()).toEqual(["b"]);
    expect(newest.ask(["a", "b"])()).toEqual(["a", "b"]);
  });
});
