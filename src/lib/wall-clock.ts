const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The calendar day and the minute after midnight that clocks of a time zone show; the day as `2026-11-22`. */
export function wallClockAt(at: Date, timeZone: string): { day: string; minute: number } {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timeZone));
  return { day: local.toISOString().slice(0, 10), minute: local.getUTCHours() * 60 + local.getUTCMinutes() };
}

/**
 * The instant at which clocks of a time zone show a minute of a day; 1440 is the end of it. A minute that comes twice, when
 * clocks go back, is its first or its last time; one that is skipped is the instant of the jump.
 */
export function instantOf(day: string, minute: number, timeZone: string, which: "first" | "last"): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const [before, after] = [offsetMs(asUtc - DAY_MS, timeZone), offsetMs(asUtc + DAY_MS, timeZone)];
  const fits = [...new Set([asUtc - before, asUtc - after])].filter((at) => at + offsetMs(at, timeZone) === asUtc);
  if (fits.length > 0) return new Date(which === "first" ? Math.min(...fits) : Math.max(...fits));
  return new Date(jumpBetween(asUtc - Math.max(before, after), asUtc - Math.min(before, after), timeZone));
}

/** The calendar day so many days after another one. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function jumpBetween(fromMs: number, toMs: number, timeZone: string): number {
  const before = offsetMs(fromMs, timeZone);
  let [low, high] = [fromMs, toMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMs(atMs: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  // Making a format costs far more than using it.
  formats.set(timeZone, format);
  const parts = format.formatToParts(new Date(atMs));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(atMs / 1000) * 1000;
}
