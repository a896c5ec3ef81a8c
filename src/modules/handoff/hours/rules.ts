import { addDays, instantOf, wallClockAt, weekdayOf } from "@/lib/wall-clock";

/** Minutes after midnight. An end that is not behind the start belongs to the next day. */
export type Interval = { from: number; to: number };
export type SpecialDay = { day: string; name: string; isYearly: boolean; intervals: readonly Interval[] };

/** When people of a workspace answer. Seven lists of intervals, Monday first; a special day takes the place of its weekday. */
export type Hours = {
  isAlwaysOpen: boolean;
  timeZone: string;
  week: readonly (readonly Interval[])[];
  specialDays: readonly SpecialDay[];
};

type Span = { fromMs: number; toMs: number };

// Further ahead nobody is promised anything.
const LOOK_AHEAD_DAYS = 370;

/** Whether somebody is to be expected at an instant. */
export function isOpen(hours: Hours, at: Date): boolean {
  if (hours.isAlwaysOpen) return true;
  const { day } = wallClockAt(at, hours.timeZone);
  return spansOf(hours, addDays(day, -1), 3).some(({ fromMs, toMs }) => fromMs <= at.getTime() && at.getTime() < toMs);
}

/** When the next hours begin; `at` itself while they last, null when none are planned. */
export function nextOpening(hours: Hours, at: Date): Date | null {
  if (isOpen(hours, at)) return at;
  const { day } = wallClockAt(at, hours.timeZone);
  for (let ahead = -1; ahead < LOOK_AHEAD_DAYS; ahead += 1) {
    const next = spansOf(hours, addDays(day, ahead), 1).find(({ fromMs }) => fromMs > at.getTime());
    if (next) return new Date(next.fromMs);
  }
  return null;
}

/** When the hours that `at` lies in end; null while they never do, and outside of them. */
export function nextClosing(hours: Hours, at: Date): Date | null {
  if (hours.isAlwaysOpen) return null;
  const { day } = wallClockAt(at, hours.timeZone);
  const now = spansOf(hours, addDays(day, -1), 10).find(
    ({ fromMs, toMs }) => fromMs <= at.getTime() && at.getTime() < toMs,
  );
  return now ? new Date(now.toMs) : null;
}

/** How much of a stretch of time lies within the hours. */
export function workingMs(hours: Hours, from: Date, to: Date): number {
  if (to <= from) return 0;
  if (hours.isAlwaysOpen) return to.getTime() - from.getTime();
  const first = addDays(wallClockAt(from, hours.timeZone).day, -1);
  const days = Math.ceil((to.getTime() - from.getTime()) / 86_400_000) + 3;
  return spansOf(hours, first, Math.min(days, LOOK_AHEAD_DAYS)).reduce((sum, { fromMs, toMs }) => {
    const shared = Math.min(toMs, to.getTime()) - Math.max(fromMs, from.getTime());
    return sum + Math.max(0, shared);
  }, 0);
}

/** The intervals of a calendar day: those of a dated exception, else of a yearly one, else of the weekday. */
export function intervalsOn({ week, specialDays }: Pick<Hours, "week" | "specialDays">, day: string) {
  const special =
    specialDays.find((one) => !one.isYearly && one.day === day) ??
    specialDays.find((one) => one.isYearly && one.day.slice(5) === day.slice(5));
  return special?.intervals ?? week[weekdayOf(day)] ?? [];
}

/** Whether two intervals of one day share a minute. The part of one that runs past midnight is the next day's matter. */
export function overlaps(intervals: readonly Interval[]): boolean {
  const sorted = intervals
    .map(({ from, to }) => ({ from, to: to > from ? to : 1440 + to }))
    .sort((one, other) => one.from - other.from);
  return sorted.some(({ from }, index) => index > 0 && from < (sorted[index - 1]?.to ?? 0));
}

// In order and without seams: hours up to midnight and on from it are one stretch.
function spansOf(hours: Hours, firstDay: string, days: number): Span[] {
  const spans: Span[] = [];
  for (let n = 0; n < days; n += 1) {
    const day = addDays(firstDay, n);
    for (const { from, to } of intervalsOn(hours, day)) {
      const isLate = to <= from;
      const fromMs = instantOf(day, from, hours.timeZone, "first").getTime();
      const toMs = instantOf(isLate ? addDays(day, 1) : day, to, hours.timeZone, "last").getTime();
      // A stretch that the clocks skip as a whole is none.
      if (fromMs < toMs) spans.push({ fromMs, toMs });
    }
  }
  spans.sort((one, other) => one.fromMs - other.fromMs);
  return spans.reduce<Span[]>((joined, span) => {
    const last = joined.at(-1);
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else joined.push({ ...span });
    return joined;
  }, []);
}
