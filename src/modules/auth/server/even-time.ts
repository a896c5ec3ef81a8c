import { setTimeout as wait } from "node:timers/promises";

/** Answers no sooner than after `floorMs`, so that an account found and an account missed take equally long. */
export async function inEvenTime<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait(floorMs)]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
