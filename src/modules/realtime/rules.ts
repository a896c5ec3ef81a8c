/** A drop shorter than this is not worth a word. */
export const SAY_RECONNECTING_AFTER_MS = 3_000;
export const SAY_OFFLINE_AFTER_MS = 30_000;
export const SAY_BACK_FOR_MS = 3_000;

export type Link = { isLive: boolean; sinceMs: number; wasSaid: boolean; missed: number };
export type Strip =
  { kind: "online" } | { kind: "reconnecting" } | { kind: "offline" } | { kind: "back"; missed: number };

/** What the strip says of a link that has been up or down since `sinceMs`. A recovery is told only if the drop was. */
export function stripOf(link: Link, nowMs: number): Strip {
  const forMs = nowMs - link.sinceMs;
  if (link.isLive)
    return link.wasSaid && forMs < SAY_BACK_FOR_MS ? { kind: "back", missed: link.missed } : { kind: "online" };
  if (forMs >= SAY_OFFLINE_AFTER_MS) return { kind: "offline" };
  return forMs >= SAY_RECONNECTING_AFTER_MS ? { kind: "reconnecting" } : { kind: "online" };
}

const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 10_000] as const;
/** After so many failures in a row a tab asks by hand, every three seconds. */
export const MAX_RETRIES = RETRY_MS.length;
export const POLL_MS = 3_000;

/**
 * How long to wait before the next try after `failures` in a row: 1, 2, 4, 8 and 10 s, each shortened by up to a quarter by
 * `dice` (0–1), so that a thousand tabs do not come back in the same moment.
 */
export function retryDelayMs(failures: number, dice: number): number {
  const full = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? POLL_MS;
  return full * (1 - dice / 4);
}

/** What to do with a numbered hint when `lastSeq` is the newest that was heard: numbers have no holes and no repeats. */
export function standOf(lastSeq: number | undefined, seq: number): "next" | "known" | "ahead" {
  if (lastSeq === undefined) return "ahead";
  if (seq <= lastSeq) return "known";
  return seq === lastSeq + 1 ? "next" : "ahead";
}
