import { db } from "@/db/client";
import { pollingPauseMs } from "@/modules/bots/rules";
import { fetchUpdates, removeWebhook } from "@/modules/bots/server/gateway";
import type { BotRow } from "@/modules/bots/server/repository";
import { reportFault, reportOnline } from "@/modules/bots/server/status";
import type { WorkspaceCtx } from "@/server/context";
import { logger } from "@/server/logger";
import { recordRawUpdate } from "./record";

const LONG_POLL_SECONDS = 10;
const MAX_AT_ONCE = 100;
/** How often a bot is asked where there are more bots than calls: shortly after an update, and otherwise. */
const LIVELY_MS = 120_000;
const LIVELY_EVERY_MS = 1_000;
const IDLE_EVERY_MS = 5_000;
const RETRY_MS = 1_000;

/** What is remembered of a bot between two polls. An idle bot costs this and no query. */
type Polled = {
  ctx: WorkspaceCtx;
  bot: BotRow;
  stop: AbortController;
  offset: number | null;
  failures: number;
  // A webhook of an earlier configuration would keep the updates from us; one that comes later is somebody else's.
  isCleared: boolean;
  dueAtMs: number;
  lastUpdateAtMs: number;
  running: Promise<void> | null;
};

/**
 * Fetches the updates of all bots with one timer and a bounded number of calls. Few bots are asked by long polls; when there
 * are more than calls, each is asked briefly in turn, the lively ones more often. An update is confirmed to Telegram only
 * after it was recorded; what was recorded and not yet confirmed comes again and finds its row.
 */
export class Poller {
  private readonly polled = new Map<string, Polled>();
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ctxOf: (bot: BotRow) => WorkspaceCtx,
    private readonly signal: AbortSignal,
  ) {}

  /** From now on these bots and no others; one with a new token begins anew. */
  async adjust(bots: readonly BotRow[]): Promise<void> {
    const wanted = new Map(bots.map((bot) => [bot.id, bot]));
    const left = [...this.polled].filter(([id, { bot }]) => wanted.get(id)?.tokenSealed !== bot.tokenSealed);
    await Promise.all(left.map(([id]) => this.end(id)));
    for (const bot of bots) if (!this.polled.has(bot.id)) this.polled.set(bot.id, this.begin(bot));
    this.turn();
  }

  /** Resolves once no call is out any more. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([...this.polled.keys()].map((id) => this.end(id)));
  }

  private begin(bot: BotRow): Polled {
    const known = { offset: null, failures: 0, isCleared: false, dueAtMs: 0, lastUpdateAtMs: 0, running: null };
    return { ctx: this.ctxOf(bot), bot, stop: new AbortController(), ...known };
  }

  private async end(id: string): Promise<void> {
    const polled = this.polled.get(id);
    this.polled.delete(id);
    polled?.stop.abort();
    await polled?.running;
  }

  /** Starts what is due as far as there is room, and comes back when the next is. */
  private turn(): void {
    clearTimeout(this.timer);
    if (this.signal.aborted) return;
    const nowMs = Date.now();
    let nextMs = Infinity;
    for (const polled of this.polled.values()) {
      if (polled.running) continue;
      if (polled.dueAtMs <= nowMs && this.running < MAX_AT_ONCE) this.start(polled);
      else nextMs = Math.min(nextMs, polled.dueAtMs);
    }
    // Without room the end of a running call is what brings the next turn.
    if (nextMs < Infinity && this.running < MAX_AT_ONCE)
      this.timer = setTimeout(() => this.turn(), Math.max(0, nextMs - nowMs));
  }

  private start(polled: Polled): void {
    this.running += 1;
    polled.running = this.poll(polled)
      .catch((error: unknown) => {
        // A bot whose round fails, for instance while the database restarts, tries again; the others never notice.
        if (!this.signal.aborted) logger.error({ event: "polling-failed", botId: polled.bot.id, error });
        polled.dueAtMs = Date.now() + RETRY_MS;
      })
      .finally(() => {
        this.running -= 1;
        polled.running = null;
        this.turn();
      });
  }

  private async poll(polled: Polled): Promise<void> {
    const signal = AbortSignal.any([this.signal, polled.stop.signal]);
    const isCrowded = this.polled.size > MAX_AT_ONCE;
    polled.isCleared ||= (await removeWebhook(polled.bot)).ok;
    const outcome = await fetchOnce(polled, isCrowded ? 0 : LONG_POLL_SECONDS, signal);
    const nowMs = Date.now();
    if (outcome === "stopped") polled.dueAtMs = Infinity;
    else if (outcome === "failed") {
      polled.failures += 1;
      polled.dueAtMs = nowMs + pollingPauseMs(polled.failures);
    } else {
      polled.failures = 0;
      if (outcome.count > 0) polled.lastUpdateAtMs = nowMs;
      polled.offset = outcome.offset;
      const isLively = nowMs - polled.lastUpdateAtMs < LIVELY_MS;
      polled.dueAtMs = isCrowded && outcome.count === 0 ? nowMs + (isLively ? LIVELY_EVERY_MS : IDLE_EVERY_MS) : nowMs;
    }
  }
}

type Fetched = { offset: number | null; count: number };

/** The next offset, `failed` when the round is to be repeated after a pause, `stopped` when there is no point in going on. */
async function fetchOnce(
  { ctx, bot, offset, failures }: Polled,
  seconds: number,
  signal: AbortSignal,
): Promise<Fetched | "failed" | "stopped"> {
  const fetched = await fetchUpdates(bot, { offset, seconds, signal });
  if (signal.aborted) return "stopped";
  if (fetched.ok) {
    if (failures > 0 || (offset === null && bot.status !== "online")) await reportOnline(ctx, bot.id);
    return record(bot, fetched.value, offset);
  }
  const { reason } = fetched.fault;
  if (reason === "token-unknown") {
    await reportFault(ctx, bot.id, "token-revoked");
    return "stopped";
  }
  // One lost round is no news, and a poll of our own that ended a moment ago may still look like a rival.
  const isNoNews =
    failures === 0 && !(fetched.fault.reason === "conflict" && /webhook/i.test(fetched.fault.description));
  if (!isNoNews) await reportFault(ctx, bot.id, reason === "conflict" ? "taken-over" : "telegram-silent");
  return "failed";
}

async function record(
  bot: BotRow,
  updates: readonly { update_id: number }[],
  offset: number | null,
): Promise<Fetched | "stopped"> {
  let next = offset ?? 0;
  for (const update of updates) {
    if ((await recordRawUpdate(db(), bot.id, update)) === "silent") return "stopped";
    next = update.update_id + 1;
  }
  return { offset: next, count: updates.length };
}
