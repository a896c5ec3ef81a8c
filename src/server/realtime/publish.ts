import { sql } from "drizzle-orm";
import type { WorkspaceCtx } from "@/server/context";
import { addEvent, announceEvents } from "@/server/transaction";

/** Every hint a tab may get. Hints carry ids only; the tab asks again through its ordinary queries. */
export const EVENT_TYPES = [
  "message.new",
  "message.updated",
  "turn.stopped",
  "dialog.created",
  "dialog.changed",
  "document.changed",
  "job.progress",
  "qa.changed",
  "assistant.changed",
  "bot.changed",
  "member.changed",
  "delivery.changed",
  "handoff.requested",
  "handoff.started",
  "handoff.released",
  "handoff.cancelled",
  "handoff.expired",
  "handoff.escalated",
  "handoff.closed",
  "presence.changed",
  "replies.changed",
  "reach.changed",
  "balance.changed",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Announces a change inside the caller's transaction; it is heard if and only if that commits. */
export async function publish(
  ctx: WorkspaceCtx,
  event: { type: EventType; ids: Record<string, string> },
): Promise<void> {
  await addEvent(ctx, { workspaceId: ctx.workspaceId, ...event });
}

/** Announces changes that are committed already; a crash of the database may swallow the hint. */
export async function announce(
  ctx: WorkspaceCtx,
  events: readonly { type: EventType; ids: Record<string, string> }[],
): Promise<void> {
  await announceEvents(ctx, ctx.workspaceId, [...events]);
}

/** What is true for seconds only. Nobody who was away needs it, so it has no number and is never stored. */
export const SIGNAL_TYPES = ["viewing.start", "viewing.stop", "typing.start", "typing.stop", "turn.watched"] as const;

/** Whether a signal is one for people's tabs; the others are between our own processes. */
export const isForTabs = (type: string) => type !== "turn.watched";

/** Tells those who listen at this moment, in every process; inside a transaction when that commits. */
export async function signal(
  ctx: WorkspaceCtx,
  { type, ids }: { type: (typeof SIGNAL_TYPES)[number]; ids: Record<string, string> },
): Promise<void> {
  const payload = JSON.stringify({ w: ctx.workspaceId, t: type, i: ids });
  await ctx.db.execute(sql`select pg_notify('chatai_events', ${payload})`);
}
