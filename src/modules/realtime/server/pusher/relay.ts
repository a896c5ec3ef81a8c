import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/db/client";
import { retryDelayMs } from "@/modules/realtime/rules";
import { channelsOf } from "@/modules/realtime/pusher/contract";
import { env } from "@/server/env";
import { whileLeading } from "@/server/leadership";
import { logger } from "@/server/logger";
import { pusherSettings } from "@/server/pusher-settings";
import { hearAll } from "@/server/realtime/listener";
import { isForTabs } from "@/server/realtime/publish";
import { listMemberIds, listSeqs } from "../repository";
import type { Outgoing, PusherGateway } from "./gateway";

const RELAY_LOCK = 4_201_342;
const MAX_QUEUED = 2_000;
/** Pusher's own limit of one call. */
const BATCH = 10;
const PREFIX = channelsOf("");

/** Passes every workspace's hints on to Pusher while this process runs and leads; nothing to do while Pusher is not set up. */
export async function startRelay(): Promise<{ stop: () => Promise<void> }> {
  const settings = pusherSettings(env());
  if (!settings) return { stop: async () => undefined };
  const { pusherGateway } = await import("./gateway");
  return relayTo(pusherGateway(settings));
}

/**
 * Every process hears every hint, so one of them publishes: the one that holds a lock in the database, which passes on
 * within a second when that process ends. A job for each hint would double the writes of a busy workspace, and publishing
 * where the change was made would lose what commits in a process that dies. What falls between two leaders, or into a
 * failure of Pusher, is not sent again: each occupied channel is told where its workspace stands, and a tab that is behind
 * asks for what it missed, as after a lost connection. So no hint comes twice, and none is lost.
 */
export function relayTo(gateway: PusherGateway): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const done = whileLeading(RELAY_LOCK, stopping.signal, (signal) => relay(gateway, signal));
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function relay(gateway: PusherGateway, signal: AbortSignal): Promise<void> {
  const heard = await hear(signal);
  try {
    for (let failures = 0; !signal.aborted;) {
      try {
        await passOn(gateway, heard);
        failures = 0;
        await heard.more();
      } catch (error) {
        logger.warn({ event: "pusher-failed", failures, error });
        heard.isBehind = true;
        const waitMs = retryDelayMs(failures, Math.random());
        failures += 1;
        await delay(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    heard.stop();
  }
}

type Heard = Awaited<ReturnType<typeof hear>>;

async function passOn(gateway: PusherGateway, heard: Heard): Promise<void> {
  // Who must not listen any more goes before anything else is said.
  for (const userId of heard.outcasts) {
    await gateway.endConnections(userId);
    heard.outcasts.delete(userId);
  }
  if (heard.isBehind) {
    heard.isBehind = false;
    heard.queue.length = 0;
    await endStrangers(gateway);
    await tellWhereWeStand(gateway);
  }
  const batch = heard.queue.splice(0, BATCH);
  if (batch.length > 0) await gateway.publish(batch);
}

async function tellWhereWeStand(gateway: PusherGateway): Promise<void> {
  const channels = await gateway.listOccupied(PREFIX.hints);
  const seqs = await listSeqs(
    db(),
    channels.map((channel) => channel.slice(PREFIX.hints.length)),
  );
  const hints = seqs.map(({ id, seq }) => ({
    channel: channelsOf(id).hints,
    hint: { seq, type: "connected", ids: {} },
  }));
  for (let from = 0; from < hints.length; from += BATCH) await gateway.publish(hints.slice(from, from + BATCH));
}

// Notices of lost access that nobody heard are made up for by looking who is there.
async function endStrangers(gateway: PusherGateway): Promise<void> {
  for (const channel of await gateway.listOccupied(PREFIX.presence)) {
    const members = new Set(await listMemberIds(db(), channel.slice(PREFIX.presence.length)));
    const users = await gateway.listUsers(channel);
    for (const userId of users.filter((id) => !members.has(id))) await gateway.endConnections(userId);
  }
}

async function hear(signal: AbortSignal) {
  const queue: Outgoing[] = [];
  let wake = () => {};
  const heard = {
    queue,
    outcasts: new Set<string>(),
    isBehind: true,
    more: async (): Promise<void> => {
      if (queue.length > 0 || heard.isBehind || heard.outcasts.size > 0 || signal.aborted) return;
      await new Promise<void>((resolve) => (wake = resolve));
    },
    stop: () => {
      leave();
      signal.removeEventListener("abort", onAbort);
    },
  };
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  const push = (outgoing: Outgoing) => {
    if (queue.length < MAX_QUEUED) queue.push(outgoing);
    else heard.isBehind = true;
    wake();
  };
  const leave = await hearAll({
    onEvent: (workspaceId, { seq, type, ids }) =>
      push({ channel: channelsOf(workspaceId).hints, hint: { seq, type, ids } }),
    onSignal: (workspaceId, { type, ids }) => {
      if (isForTabs(type)) push({ channel: channelsOf(workspaceId).hints, hint: { type, ids } });
    },
    onLostAccess: (userId) => {
      heard.outcasts.add(userId);
      wake();
    },
    onGap: () => {
      heard.isBehind = true;
      wake();
    },
  });
  return heard;
}
