export type Dice = {
  /** From 0 up to, and without, 1. */
  next: () => number;
  between: (low: number, high: number) => number;
  pick: <T>(items: readonly T[]) => T;
  shuffle: <T>(items: readonly T[]) => T[];
  /** One of the named outcomes by its share of all throws, or undefined for the rest. */
  outcome: <S extends readonly (readonly [unknown, number])[]>(shares: S) => S[number][0] | undefined;
};

/** Randomness that a seed repeats (mulberry32), so that a run that found something can be thrown again. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  };
  return {
    next,
    pick,
    between: (low, high) => low + next() * (high - low),
    shuffle: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
    outcome: (shares) => {
      let left = next();
      for (const [name, share] of shares) {
        left -= share;
        if (left < 0) return name;
      }
      return undefined;
    },
  };
}
