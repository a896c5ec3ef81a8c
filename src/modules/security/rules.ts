const MINUTE_MS = 60_000;

/** Failed sign-ins that close a door: 5 on one account or 20 from one address within 15 minutes, for 30 minutes. */
export const SIGN_IN_RULES = {
  perAccount: 5,
  perAddress: 20,
  windowMs: 15 * MINUTE_MS,
  lockMs: 30 * MINUTE_MS,
} as const;

/**
 * Until when a door is closed, given the instants of the failures of the last window and lock together, newest first.
 * A lock starts with the failure that completes the count and lasts from there; null when the door is open.
 */
export function lockedUntil(failures: readonly Date[], threshold: number, now: Date): Date | null {
  for (const [index, last] of failures.entries()) {
    const first = failures[index + threshold - 1];
    if (!first) return null;
    const isWithinWindow = last.getTime() - first.getTime() <= SIGN_IN_RULES.windowMs;
    const until = new Date(last.getTime() + SIGN_IN_RULES.lockMs);
    if (isWithinWindow && until > now) return until;
  }
  return null;
}
