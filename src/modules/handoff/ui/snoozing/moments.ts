const HOUR_MS = 60 * 60_000;
const MORNING = 9;

/** The moments on offer, in the browser's own time. */
export function momentsFrom(now: Date) {
  return [
    { key: "hour", at: new Date(now.getTime() + HOUR_MS) },
    { key: "threeHours", at: new Date(now.getTime() + 3 * HOUR_MS) },
    { key: "tomorrow", at: tomorrowMorning(now) },
    // On a Monday, the next one.
    { key: "monday", at: morningIn(now, (8 - now.getDay()) % 7 || 7) },
  ] as const;
}

export const tomorrowMorning = (now: Date) => morningIn(now, 1);

const morningIn = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
