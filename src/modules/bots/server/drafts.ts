import { formatAnswer } from "@/modules/bots/formatting/telegram-html";
import { logger } from "@/server/logger";
import { type SealedBot, showDraft } from "./gateway";
import { outgoingPace } from "./outgoing/pace";

/** An answer that is there sooner is not worth a draft. */
const FIRST_AFTER_MS = 400;
/** After Telegram refused a draft, for instance because the chat or the server knows none. */
const MUTED_MS = 10 * 60_000;
/** The last draft is waited for this long, so that it cannot appear after the answer. */
const LAST_WAIT_MS = 1_000;

const mutedUntil = new Map<string, number>();

type DraftPlace = { chatId: number; threadId: number | null };

/**
 * Shows an answer as it is written, at most once in `everyMs`. Drafts are ephemeral and stand in no outbox; the first one
 * that fails mutes them for this bot, and "typing" is what remains. Nothing is shown after `end`.
 */
export class Drafts {
  private text = "";
  private shown = "";
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly ended = new AbortController();

  constructor(
    private readonly bot: SealedBot,
    private readonly place: DraftPlace,
    private readonly draftId: number,
    private readonly everyMs: number,
  ) {}

  hear(text: string): void {
    if (this.ended.signal.aborted) return;
    this.text += text;
    this.timer ??= this.schedule(FIRST_AFTER_MS);
  }

  /** Ends the drafts of this answer; resolves once none of them is on its way any more. */
  async end(): Promise<void> {
    this.ended.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.running = this.show()
        .catch((error: unknown) => this.giveUp(error))
        .finally(() => {
          this.running = undefined;
          if (!this.ended.signal.aborted && !isMuted(this.bot.id)) this.timer = this.schedule(this.everyMs);
        });
    }, afterMs);
  }

  private async show(): Promise<void> {
    // What is being written stands at the end of a long answer.
    const html = formatAnswer(this.text).at(-1)?.html ?? "";
    if (html === "" || html === this.shown || isMuted(this.bot.id) || !outgoingPace.takeSpare(this.bot.id)) return;
    const drawn = await showDraft(this.bot, this.place, { draftId: this.draftId, html }, this.patience());
    if (drawn.ok) this.shown = html;
    else if (this.ended.signal.aborted) return;
    // One person who left says nothing about what the others may be shown.
    else if (drawn.fault.reason === "blocked") this.ended.abort();
    else mute(this.bot.id, drawn.fault.reason === "too-fast" ? drawn.fault.retryAfterSeconds * 1000 : 0);
  }

  /** Nobody waits for a draft, so what goes wrong with it would take the whole process along. */
  private giveUp(error: unknown): void {
    logger.error({ event: "draft-failed", botId: this.bot.id, error });
    this.ended.abort();
  }

  /** Aborts a call that is still out a while after the end. */
  private patience(): AbortSignal {
    const given = new AbortController();
    const { signal } = this.ended;
    signal.addEventListener("abort", () => setTimeout(() => given.abort(), LAST_WAIT_MS).unref(), { once: true });
    return given.signal;
  }
}

/** Whether drafts of this bot are switched off for now. */
export function isMuted(botId: string): boolean {
  const until = mutedUntil.get(botId);
  if (until === undefined) return false;
  if (until > Date.now()) return true;
  mutedUntil.delete(botId);
  return false;
}

function mute(botId: string, leastMs: number): void {
  mutedUntil.set(botId, Date.now() + Math.max(MUTED_MS, leastMs));
}
