import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DelayedActs } from "./delayed-act";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function given() {
  const done: string[] = [];
  const acts = new DelayedActs();
  const start = (key: string) =>
    acts.start(key, { run: () => done.push(`run ${key}`), leave: () => done.push(`leave ${key}`) });
  return { acts, start, done };
}

describe("a return that can be taken back", () => {
  it("happens after five seconds, once", () => {
    const { start, done } = given();
    start("a");
    vi.advanceTimersByTime(4_999);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(done).toEqual(["run a"]);
  });

  it("does not happen once it was taken back, and cannot be afterwards", () => {
    const { acts, start, done } = given();
    start("a");
    expect(acts.cancel("a")).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(acts.cancel("a")).toBe(false);
    expect(done).toEqual([]);
  });

  it("is not lost with the page, and not done twice", () => {
    const { acts, start, done } = given();
    start("a");
    start("b");
    acts.leaveNow();
    acts.leaveNow();
    vi.advanceTimersByTime(10_000);
    expect(done).toEqual(["leave a", "leave b"]);
  });

  it("pressed again begins anew", () => {
    const { start, done } = given();
    start("a");
    vi.advanceTimersByTime(4_000);
    start("a");
    vi.advanceTimersByTime(4_000);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(done).toEqual(["run a"]);
  });
});
