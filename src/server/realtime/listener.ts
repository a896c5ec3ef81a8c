import * as z from "zod";
import { db } from "@/db/client";
import { logger } from "@/server/logger";

export type HeardSignal = { type: string; ids: Record<string, string> };
export type HeardEvent = HeardSignal & { seq: number };
type Hearer = {
  onEvent: (event: HeardEvent) => void;
  onGap: () => void;
  /** What is worth hearing only now, and was never stored. */
  onSignal?: (signal: HeardSignal) => void;
};

const notification = z.object({
  w: z.string(),
  /** Absent from signals. */
  s: z.number().optional(),
  t: z.string(),
  i: z.record(z.string(), z.string()),
});

const hearers = new Map<string, Set<Hearer>>();
let listening: Promise<unknown> | undefined;

/**
 * Hears the events of one workspace through the single LISTEN connection of this process. `onGap` is called when that
 * connection was lost and is back: events may have passed meanwhile and have to be read from the table.
 */
export async function hearWorkspace(workspaceId: string, hearer: Hearer): Promise<() => void> {
  const group = hearers.get(workspaceId) ?? new Set();
  hearers.set(workspaceId, group.add(hearer));
  listening ??= listen().catch((error: unknown) => {
    listening = undefined;
    throw error;
  });
  await listening;
  return () => {
    group.delete(hearer);
    if (group.size === 0) hearers.delete(workspaceId);
  };
}

async function listen(): Promise<void> {
  let isFirst = true;
  await db().$client.listen("chatai_events", dispatch, () => {
    if (!isFirst) for (const group of hearers.values()) for (const hearer of group) hearer.onGap();
    isFirst = false;
  });
}

function dispatch(payload: string): void {
  const parsed = notification.safeParse(JSON.parse(payload));
  if (!parsed.success) return logger.error({ event: "notification-malformed" });
  const { w, s, t, i } = parsed.data;
  for (const hearer of hearers.get(w) ?? []) {
    if (s === undefined) hearer.onSignal?.({ type: t, ids: i });
    else hearer.onEvent({ seq: s, type: t, ids: i });
  }
}
