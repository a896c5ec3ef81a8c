import type { LedgerKind } from "@/db/enums";
import type { BalanceLevel } from "./contract";
import type { EntryGroup } from "./limits";

/** The letter about a low balance leaves when fewer than this many answers can still be paid. */
export const LOW_BALANCE_ANSWERS = 50;

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

/** The kinds of ledger transactions behind each group that people filter by. */
export const KINDS_OF = {
  charges: ["charge_answer", "charge_document"],
  "top-ups": ["payment"],
  bonuses: ["welcome_bonus", "promo_bonus", "referral_bonus", "referral_share"],
  refunds: ["refund"],
  adjustments: ["admin_adjustment"],
  holds: ["hold", "release"],
} as const satisfies Record<EntryGroup, readonly LedgerKind[]>;

/** The kinds that a filter shows; holds only when they are asked for, as they move nothing in all. */
export function shownKinds(
  kind: EntryGroup | LedgerKind | undefined,
  withHolds: boolean,
): { only: readonly LedgerKind[] } | { without: readonly LedgerKind[] } {
  if (kind === undefined) return { without: withHolds ? [] : KINDS_OF.holds };
  return { only: kind in KINDS_OF ? KINDS_OF[kind as EntryGroup] : [kind as LedgerKind] };
}

const DAY_MS = 86_400_000;
const PACE_DAYS = 7;
const FORECAST_AFTER_DAYS = 3;

/**
 * The average spend of a day and how many whole days an amount lasts at that pace. Null until three days of spending are
 * known; no days when nothing is spent.
 */
export function forecast(
  leftMicros: number,
  spent: { weekMicros: number; firstAt: Date | null },
  now: Date,
): { perDayMicros: number; daysLeft: number | null } | null {
  if (spent.firstAt === null) return null;
  const ageDays = (now.getTime() - spent.firstAt.getTime()) / DAY_MS;
  if (ageDays < FORECAST_AFTER_DAYS) return null;
  const perDayMicros = Math.round(spent.weekMicros / Math.min(PACE_DAYS, ageDays));
  return { perDayMicros, daysLeft: perDayMicros > 0 ? Math.floor(leftMicros / perDayMicros) : null };
}

/** Since when spending counts for the forecast. */
export function paceSince(now: Date): Date {
  return new Date(now.getTime() - PACE_DAYS * DAY_MS);
}

/** Micros as a plain decimal number, exactly: at least two places, never more than needed. */
export function decimalOf(amountMicros: number, point: "." | ","): string {
  const micros = BigInt(amountMicros);
  const size = micros < 0n ? -micros : micros;
  const places = String(size % 1_000_000n)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${micros < 0n ? "-" : ""}${size / 1_000_000n}${point}${places}`;
}
