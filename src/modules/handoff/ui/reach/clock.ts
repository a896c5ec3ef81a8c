const DAY_MINUTES = 24 * 60;

/** A minute after midnight as a field for times shows it; the end of the day is its midnight. */
export function toClock(minute: number): string {
  const shown = minute % DAY_MINUTES;
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

/** The minute that such a field says; null while it is empty. */
export function fromClock(text: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** What two fields say: from midnight to midnight is the whole day. */
export function toInterval(from: number, to: number): { from: number; to: number } {
  return { from, to: to === from && from === 0 ? DAY_MINUTES : to };
}
