/** A rate as a bucket: `burst` messages at once, then one each `everyMs`. */
type Rate = { burst: number; everyMs: number };

// Telegram's caps are 30 a second per bot, one a second per chat with short bursts, and 20 a minute per group: the burst
// and what flows in during the period together stay below each cap in any window.
const BOT: Rate = { burst: 5, everyMs: 40 };
const PRIVATE_CHAT: Rate = { burst: 3, everyMs: 1_000 };
const GROUP: Rate = { burst: 5, everyMs: 4_000 };

const TIDY_ABOVE = 5_000;

/**
 * When the next message of a bot may leave for a chat. Counted in this process and without timers: several processes
 * together could pass a cap only for one very busy bot, and then Telegram's own refusal, which is stored with the bot,
 * holds all of them back. A shared counter would cost each message a round trip to guard against what the refusal guards.
 */
export class Pace {
  /** When each bucket will be full again. An entry of the past says nothing and may be forgotten. */
  private readonly fullAt = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes a slot and returns 0, or the milliseconds until asking again makes sense. */
  take(botId: string, chatId: number): number {
    const nowMs = this.now();
    const buckets = [
      { key: botId, rate: BOT },
      { key: chatKey(botId, chatId), rate: rateOf(chatId) },
    ];
    const waitMs = Math.max(...buckets.map(({ key, rate }) => this.waitMs(key, rate, nowMs)));
    if (waitMs > 0) return waitMs;
    for (const { key, rate } of buckets)
      this.fullAt.set(key, Math.max(this.fullAt.get(key) ?? 0, nowMs) + rate.everyMs);
    if (this.fullAt.size > TIDY_ABOVE) this.tidy(nowMs);
    return 0;
  }

  /** Returns a slot that nothing was sent with. */
  giveBack(botId: string, chatId: number): void {
    for (const [key, { everyMs }] of [
      [botId, BOT],
      [chatKey(botId, chatId), rateOf(chatId)],
    ] as const)
      this.fullAt.set(key, (this.fullAt.get(key) ?? everyMs) - everyMs);
  }

  /** Takes a slot of the bot for something that may as well be left out, and only while messages need none. */
  takeSpare(botId: string): boolean {
    const nowMs = this.now();
    const fullAtMs = Math.max(this.fullAt.get(botId) ?? 0, nowMs);
    if (fullAtMs - nowMs > BOT.everyMs) return false;
    this.fullAt.set(botId, fullAtMs + BOT.everyMs);
    return true;
  }

  /** Lets nothing leave for a chat before an instant. */
  pause(botId: string, chatId: number, untilMs: number): void {
    const { burst, everyMs } = rateOf(chatId);
    const key = chatKey(botId, chatId);
    this.fullAt.set(key, Math.max(this.fullAt.get(key) ?? 0, untilMs + (burst - 1) * everyMs));
  }

  private waitMs(key: string, { burst, everyMs }: Rate, nowMs: number): number {
    return Math.max(0, (this.fullAt.get(key) ?? 0) - (burst - 1) * everyMs - nowMs);
  }

  private tidy(nowMs: number): void {
    for (const [key, fullAtMs] of this.fullAt) if (fullAtMs <= nowMs) this.fullAt.delete(key);
  }
}

const chatKey = (botId: string, chatId: number) => `${botId}:${chatId}`;

// Telegram numbers groups below zero.
const rateOf = (chatId: number) => (chatId < 0 ? GROUP : PRIVATE_CHAT);

/** What this process sends. */
export const outgoingPace = new Pace();
