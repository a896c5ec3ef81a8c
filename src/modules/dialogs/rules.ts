import type { DialogItem } from "@/modules/dialogs/contract";
import type { DialogFilter } from "@/modules/dialogs/limits";
import type { Actor } from "@/server/context";

/** Where a page of dialogs ended: its last activity and, between equals, its id. */
export function toCursor(at: Date, id: string): string {
  return `${at.getTime().toString(36)}_${id}`;
}

// The last moment that is written with a year of four digits, which is what PostgreSQL reads.
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The place that a cursor names; undefined for anything that is none. */
export function parseCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const match = /^([0-9a-z]{1,11})_([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(cursor ?? "");
  const at = new Date(Number.parseInt(match?.[1] ?? "", 36));
  return match?.[2] !== undefined && at.getTime() <= LAST_MS ? { at, id: match[2] } : undefined;
}

/** The one word for both facts of a dialog: its life and who holds it. */
export function filterOf({ status, handoffStatus }: Pick<DialogItem, "status" | "handoffStatus">): DialogFilter {
  if (status === "ended") return "ended";
  if (handoffStatus === "requested") return "waiting";
  return handoffStatus === "active" ? "operator" : "open";
}

/** Under whose name a thumb is kept: all visitors share one, because a dialog has one visitor. Null for who may not rate. */
export function raterOf(actor: Actor): string | null {
  if (actor.kind === "visitor") return "visitor";
  return actor.kind === "member" ? actor.userId : null;
}
