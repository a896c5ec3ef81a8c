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
