const DAY_MINUTES = 24 * 60;

/** A minute after midnight as a field for times shows it; the end of the day is its midnight. */
export function toClock(minute: number): string {
  const shown = minute % DAY_MINUTES;
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

/** The minute that a person means by `9`, `9:30`, `09.30` or `0930`; null for anything that is no time of day. */
export function fromClock(text: string): number | null {
  const match = /^\s*(\d{1,2})(?:\s*[:.\-\s]?\s*(\d{2}))?\s*$/.exec(text);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  const isTime = minutes < 60 && (hours < 24 || (hours === 24 && minutes === 0));
  return isTime ? (hours * 60 + minutes) % DAY_MINUTES : null;
}

/** What two fields say: from midnight to midnight is the whole day. */
export function toInterval(from: number, to: number): { from: number; to: number } {
  return { from, to: to === from && from === 0 ? DAY_MINUTES : to };
}
