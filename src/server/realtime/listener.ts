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

/** One who hears everything, for a transport that serves every workspace. */
export type Relay = {
  onEvent: (workspaceId: string, event: HeardEvent) => void;
  onSignal: (workspaceId: string, signal: HeardSignal) => void;
  onLostAccess: (userId: string) => void;
  onGap: () => void;
};

const notification = z.object({
  w: z.string(),
  /** Absent from signals. */
  s: z.number().optional(),
  t: z.string(),
  i: z.record(z.string(), z.string()),
});

const hearers = new Map<string, Set<Hearer>>();
const guards = new Map<string, Set<() => void>>();
const relays = new Set<Relay>();
let listening: Promise<unknown> | undefined;

/**
 * Hears the events of one workspace through the single LISTEN connection of this process. `onGap` is called when that
 * connection was lost and is back: events may have passed meanwhile and have to be read from the table.
 */
export async function hearWorkspace(workspaceId: string, hearer: Hearer): Promise<() => void> {
  const leave = join(hearers, workspaceId, hearer);
  await ensureListening();
  return leave;
}

/**
 * Calls `onChange` when a session or a membership of the person ends, and when that may have happened unheard. What is
 * still allowed has to be read then: it may be another session, or another workspace.
 */
export async function hearLostAccess(userId: string, onChange: () => void): Promise<() => void> {
  const leave = join(guards, userId, onChange);
  await ensureListening();
  return leave;
}

/** Hears every workspace. */
export async function hearAll(relay: Relay): Promise<() => void> {
  relays.add(relay);
  await ensureListening();
  return () => void relays.delete(relay);
}

function join<T>(groups: Map<string, Set<T>>, key: string, one: T): () => void {
  const group = groups.get(key) ?? new Set();
  groups.set(key, group.add(one));
  return () => {
    group.delete(one);
    if (group.size === 0 && groups.get(key) === group) groups.delete(key);
  };
}

async function ensureListening(): Promise<void> {
  listening ??= listen().catch((error: unknown) => {
    listening = undefined;
    throw error;
  });
  await listening;
}

async function listen(): Promise<void> {
  let isFirst = true;
  await db().$client.listen("chatai_events", dispatch, () => {
    if (!isFirst) for (const hearer of everyone()) hearer.onGap();
    isFirst = false;
  });
  let isFirstAccess = true;
  await db().$client.listen("chatai_access", tellLostAccess, () => {
    if (!isFirstAccess) for (const group of guards.values()) for (const onChange of group) onChange();
    isFirstAccess = false;
  });
}

function* everyone(): Iterable<{ onGap: () => void }> {
  for (const group of hearers.values()) yield* group;
  yield* relays;
}

function dispatch(payload: string): void {
  const parsed = notification.safeParse(JSON.parse(payload));
  if (!parsed.success) return logger.error({ event: "notification-malformed" });
  const { w, s, t, i } = parsed.data;
  const heard = { type: t, ids: i };
  for (const hearer of hearers.get(w) ?? []) {
    if (s === undefined) hearer.onSignal?.(heard);
    else hearer.onEvent({ ...heard, seq: s });
  }
  for (const relay of relays) {
    if (s === undefined) relay.onSignal(w, heard);
    else relay.onEvent(w, { ...heard, seq: s });
  }
}

function tellLostAccess(userId: string): void {
  for (const onChange of guards.get(userId) ?? []) onChange();
  for (const relay of relays) relay.onLostAccess(userId);
}
