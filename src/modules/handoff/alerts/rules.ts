import type { PresenceStatus } from "@/db/enums";

/** The queue has somebody new, an own dialog has news, or somebody waits too long. */
export type AlertKind = "queue" | "mine" | "sla";

export type AlertFacts = {
  /** What the person said to be. A tab that is away by itself still rings. */
  chosen: PresenceStatus;
  isMine: boolean;
};

/** What a hint is worth a sound for; null for nothing. Who said to be away or offline hears nothing of the queue. */
export function alertOf(type: string, { chosen, isMine }: AlertFacts): AlertKind | null {
  if (type === "message.new") return isMine ? "mine" : null;
  if (chosen !== "online") return null;
  if (type === "handoff.requested") return "queue";
  return type === "handoff.escalated" ? "sla" : null;
}

const QUIET_MS = 10_000;

/** Lets one dialog ring once in ten seconds; `rang` is what came before, and comes back without what is old. */
export function mayRing(
  rang: ReadonlyMap<string, number>,
  dialogId: string,
  nowMs: number,
): { rings: boolean; rang: ReadonlyMap<string, number> } {
  const fresh = new Map([...rang].filter(([, atMs]) => nowMs - atMs < QUIET_MS));
  if (fresh.has(dialogId)) return { rings: false, rang: fresh };
  return { rings: true, rang: fresh.set(dialogId, nowMs) };
}

const COUNT = /^\(\d+\+?\) /;

/** A page's title with the number of people who wait in front of it. */
export function titleWithCount(title: string, count: number): string {
  const bare = title.replace(COUNT, "");
  if (count <= 0) return bare;
  return `(${count > 99 ? "99+" : count}) ${bare}`;
}

/** An icon with a dot at its upper right corner, as an address that the browser draws without asking for it. */
export function iconWithDot(svg: string, colour: string): string {
  const [, , width = 20] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "").split(" ").map(Number);
  const radius = width * 0.22;
  const dot = `<circle cx="${width - radius}" cy="${radius}" r="${radius}" fill="${colour}"/>`;
  return `data:image/svg+xml,${encodeURIComponent(svg.replace("</svg>", `${dot}</svg>`))}`;
}
