import { expect, it } from "vitest";
import { Gatherer } from "./gather";

/** A write that ends when told to, and the batches it was given. */
function givenWrite() {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const write = (items: string[]) => {
    batches.push(items);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { batches, write, endNext: () => ends.shift()?.() };
}

it("writes the first at once, and what comes meanwhile together", async () => {
  const { batches, write, endNext } = givenWrite();
  const gatherer = new Gatherer(write);
  const first = gatherer.add("a");
  const rest = Promise.all([gatherer.add("b"), gatherer.add("c")]);
  expect(batches).toEqual([["a"]]);
  endNext();
  await first;
  await expect.poll(() => batches).toEqual([["a"], ["b", "c"]]);
  endNext();
  await rest;
});

it("takes no more at a time than it may", async () => {
  const batches: number[][] = [];
  const gatherer = new Gatherer<number>(async (items) => void batches.push(items), { most: 2 });
  await Promise.all([1, 2, 3, 4, 5].map((n) => gatherer.add(n)));
  expect(batches).toEqual([[1], [2, 3], [4, 5]]);
});

it("waits for company when told to", async () => {
  const batches: string[][] = [];
  const gatherer = new Gatherer<string>(async (items) => void batches.push(items), { waitMs: 5 });
  await Promise.all([gatherer.add("a"), gatherer.add("b")]);
  expect(batches).toEqual([["a", "b"]]);
});

it("tells everyone of a write that failed, and goes on with the next", async () => {
  let isBroken = true;
  const gatherer = new Gatherer<string>(async () => {
    if (isBroken) throw new Error("away");
  });
  const results = await Promise.allSettled([gatherer.add("a"), gatherer.add("b")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isBroken = false;
  await gatherer.add("c");
});
