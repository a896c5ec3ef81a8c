/** Lets at most `count` tasks run at once; the others wait in order. Waiting ends with the signal. */
export function makeSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];

  async function take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(enter);
    });
  }

  // A slot passes from hand to hand, so nobody who comes later slips in between.
  function give(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async function inSlot<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    await take(signal);
    try {
      return await task();
    } finally {
      give();
    }
  };
}
