const DAY_MS = 86_400_000;

/** The calendar day of an instant in a time zone, as `2025-11-22`. */
export function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** Whether a text is a day that there is, of the years 1970 to 9998, so that the day after it has four digits of a year too. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "1970-01-01" || text > "9998-12-31") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The instant at which a calendar day begins in a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  // Where the clocks change at midnight, that hour comes twice or never: the first instant with the date of the day begins it.
  const atBefore = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
  const atAfter = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
  const earlier = new Date(Math.min(atBefore, atAfter));
  return dayOf(earlier, timeZone) === day ? earlier : new Date(Math.max(atBefore, atAfter));
}

/** The instant at which the day after a calendar day begins in a time zone. */
export function endOfDay(day: string, timeZone: string): Date {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
  return startOfDay(next.toISOString().slice(0, 10), timeZone);
}

/** The instant at which the week of `at` began in a time zone; weeks begin on Monday. */
export function startOfWeek(at: Date, timeZone: string): Date {
  const day = new Date(`${dayOf(at, timeZone)}T00:00:00Z`);
  const monday = new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS);
  return startOfDay(monday.toISOString().slice(0, 10), timeZone);
}

/** The instant at which the month of `at` began in a time zone. */
export function startOfMonth(at: Date, timeZone: string): Date {
  return startOfDay(`${dayOf(at, timeZone).slice(0, 7)}-01`, timeZone);
}

function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(atMs));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(atMs / 1000) * 1000;
}
