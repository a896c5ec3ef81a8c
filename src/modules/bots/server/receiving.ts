import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import { DEFAULT_LOCALE } from "@/lib/locales";
import { botConnected } from "@/modules/bots/events";
import type { Ctx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { whileLeading } from "@/server/leadership";
import { logger } from "@/server/logger";
import { pollBot } from "./intake/polling";
import { type BotRow, listActiveBots } from "./repository";
import { isWebhookMode } from "./set-up";

export type Receiving = { stop: () => Promise<void> };

// Any fixed number; whoever holds it as an advisory lock polls for the whole installation.
const POLLING_LOCK = 4_201_341;
const RETRY_MS = 1_000;
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
      await enqueue({ db: db() }, botConnected, { botId: id }, { key: `set-up:${id}`, queue: `set-up:${id}` });
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

type Loop = { tokenSealed: string; stop: AbortController; done: Promise<void> };

async function pollAll(signal: AbortSignal): Promise<void> {
  const loops = new Map<string, Loop>();
  const bell = makeBell();
  const { unlisten } = await db().$client.listen(
    "chatai_events",
    (notice) => isBotChange(notice) && bell.ring(),
    bell.ring,
  );
  try {
    while (!signal.aborted) {
      await adjust(loops, await listActiveBots(db()), signal);
      await bell.wait(signal);
      await delay(SETTLE_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await unlisten().catch(() => undefined);
    await Promise.all([...loops.values()].map(end));
  }
}

/** One loop for each active bot; a disconnected one ends, one with a new token starts again. */
async function adjust(loops: Map<string, Loop>, bots: BotRow[], signal: AbortSignal): Promise<void> {
  const wanted = new Map(bots.map((bot) => [bot.id, bot]));
  for (const [id, loop] of loops) {
    if (wanted.get(id)?.tokenSealed === loop.tokenSealed) continue;
    loops.delete(id);
    await end(loop);
  }
  for (const bot of bots) if (!loops.has(bot.id)) loops.set(bot.id, begin(bot, signal));
}

function begin(bot: BotRow, signal: AbortSignal): Loop {
  const stop = new AbortController();
  const ctx = { ...systemCtx(), workspaceId: bot.workspaceId };
  const done = keepPolling({ ctx, bot, signal: AbortSignal.any([signal, stop.signal]) });
  return { tokenSealed: bot.tokenSealed, stop, done };
}

/** A bot whose loop fails, for instance while the database restarts, starts again; the others never notice. */
async function keepPolling(poll: Parameters<typeof pollBot>[0]): Promise<void> {
  while (!poll.signal.aborted) {
    try {
      return await pollBot(poll);
    } catch (error) {
      logger.error({ event: "polling-failed", botId: poll.bot.id, error });
      await delay(RETRY_MS, undefined, { signal: poll.signal }).catch(() => undefined);
    }
  }
}

async function end(loop: Loop): Promise<void> {
  loop.stop.abort();
  await loop.done;
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

function systemCtx(): Ctx {
  return {
    db: db(),
    actor: { kind: "system", job: "bots.polling" },
    locale: DEFAULT_LOCALE,
    log: logger,
    requestId: newId(),
    address: "",
    userAgent: "",
    now: () => new Date(),
    note: () => undefined,
  };
}
