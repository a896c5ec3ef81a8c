import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/db/client";
import { botConnected } from "@/modules/bots/events";
import { enqueue } from "@/server/jobs/define";
import { whileLeading } from "@/server/leadership";
import { systemCtx } from "@/server/system-context";
import { Poller } from "./intake/polling";
import { listActiveBots } from "./repository";
import { isWebhookMode } from "./set-up";

export type Receiving = { stop: () => Promise<void> };

// Any fixed number; whoever holds it as an advisory lock polls for the whole installation.
const POLLING_LOCK = 4_201_341;
// Notices wake the supervisor; this is the net under a lost one.
const LOOK_EVERY_MS = 30_000;
// A burst of notices is one look.
const SETTLE_MS = 200;

/**
 * Keeps updates coming for as long as this worker runs. With webhooks every bot's registration is checked once; otherwise one
 * worker of the installation polls all bots, and another takes over within a second when it dies.
 */
export async function startReceiving(): Promise<Receiving> {
  if (isWebhookMode()) {
    const bots = await listActiveBots(db());
    for (const { id } of bots)
      await enqueue({ db: db() }, botConnected, { botId: id }, { key: `set-up:${id}`, lane: `set-up:${id}` });
    return { stop: async () => undefined };
  }
  const stopping = new AbortController();
  const done = whileLeading(POLLING_LOCK, stopping.signal, pollAll);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function pollAll(signal: AbortSignal): Promise<void> {
  const poller = new Poller(({ workspaceId }) => ({ ...systemCtx("bots.polling"), workspaceId }), signal);
  const bell = makeBell();
  const { unlisten } = await db().$client.listen(
    "chatai_events",
    (notice) => isBotChange(notice) && bell.ring(),
    bell.ring,
  );
  try {
    while (!signal.aborted) {
      await poller.adjust(await listActiveBots(db()));
      await bell.wait(signal);
      await delay(SETTLE_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await unlisten().catch(() => undefined);
    await poller.stop();
  }
}

/** A ring while nobody waits is kept for the next one who does. */
function makeBell() {
  let isRung = false;
  let wake = () => {};
  return {
    ring: () => {
      isRung = true;
      wake();
    },
    wait: async (signal: AbortSignal) => {
      if (!isRung) {
        const rung = new Promise<void>((resolve) => (wake = resolve));
        const patience = new AbortController();
        const waited = delay(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, patience.signal]) }).catch(
          () => undefined,
        );
        await Promise.race([rung, waited]);
        patience.abort();
      }
      isRung = false;
    },
  };
}

function isBotChange(notice: string): boolean {
  const event: unknown = JSON.parse(notice);
  return typeof event === "object" && event !== null && "t" in event && event.t === "bot.changed";
}
