import { describe, expect, it } from "vitest";
import { makeSlots } from "./slots";

const never = new AbortController().signal;

describe("makeSlots", () => {
  it("never runs more than its count at once, and all in the end, in order", async () => {
    const inSlot = makeSlots(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 7 }, (_, n) =>
        inSlot(never, async () => {
          running += 1;
          most = Math.max(most, running);
          order.push(n);
          await new Promise(setImmediate);
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("frees the slot of a task that failed", async () => {
    const inSlot = makeSlots(1);
    await expect(inSlot(never, () => Promise.reject(new Error("bad")))).rejects.toThrow("bad");
    expect(await inSlot(never, () => Promise.resolve("fine"))).toBe("fine");
  });

  it("lets a waiting one go when its signal fires, without losing the slot", async () => {
    const inSlot = makeSlots(1);
    const gate = Promise.withResolvers<void>();
    const first = inSlot(never, () => gate.promise);
    const stop = new AbortController();
    const second = inSlot(stop.signal, () => Promise.resolve("second"));
    const third = inSlot(never, () => Promise.resolve("third"));
    stop.abort(new Error("stopped"));
    await expect(second).rejects.toThrow("stopped");
    gate.resolve();
    await first;
    expect(await third).toBe("third");
  });
});
