/** The letter about a low balance leaves when fewer than this many answers can still be paid. */
export const LOW_BALANCE_ANSWERS = 50;

export type BalanceLevel = "empty" | "low" | "enough";

/** How far an amount reaches at a price: nothing any more, fewer than fifty answers, or enough. A free answer is never short. */
export function levelOf(leftMicros: number, priceMicros: number): BalanceLevel {
  if (leftMicros < priceMicros) return "empty";
  return leftMicros < priceMicros * LOW_BALANCE_ANSWERS ? "low" : "enough";
}

/** Which letter is due on a level, given which were sent since money came in last. */
export function noticeDue(
  level: BalanceLevel,
  told: { isLowTold: boolean; isEmptyTold: boolean },
): "low" | "empty" | null {
  if (level === "empty") return told.isEmptyTold ? null : "empty";
  return level === "low" && !told.isLowTold ? "low" : null;
}

/** How many answers an amount pays for; null when answers are free. */
export function answersFor(micros: number, priceMicros: number): number | null {
  return priceMicros > 0 ? Math.floor(micros / priceMicros) : null;
}
