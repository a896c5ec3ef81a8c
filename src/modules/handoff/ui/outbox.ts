import type { ErrorCode } from "@/lib/errors";
import { inboxLimits } from "@/modules/handoff/inbox/limits";

/** Why the server refused, as facts: the words are found where it is shown, in the language of that moment. */
export type Refused = { code: ErrorCode; facts: Record<string, unknown> };

/** A file that was received before its message was written. */
export type OutgoingFile = { id: string; name: string; kind: "photo" | "document"; sizeBytes: number };

/** What its author wants done with the dialog once the message is there. */
export type Sequel = { kind: "close" } | { kind: "snooze"; until: number };

export type Outgoing = {
  /** Made here and kept through every attempt, so that the server stores the message once. */
  id: string;
  kind: "reply" | "note";
  text: string;
  file: OutgoingFile | null;
  takeOver: boolean;
  sequel: Sequel | null;
  /** The newest message that its author saw; null once the author insists. */
  seenSeq: number | null;
  /** The draft that it came from. */
  draftRevision: number | null;
  /** When it was written; the order in which messages leave. */
  at: number;
  /** Why it will not be sent; null while it still will, or was. */
  refusal: Refused | null;
  /** Stored by the server. It stays here until the thread shows it, or for what was refused behind it. */
  isSent: boolean;
};

/** What became of one attempt: `later` when the same id may go again, with the answer if one came. */
export type Attempt =
  { kind: "sent"; remark?: Refused } | { kind: "later"; answer?: Refused } | { kind: "refused"; refusal: Refused };

export type Post = {
  send: (message: Outgoing) => Promise<Attempt>;
  /** Several replies in one request; what became of each, as far as the server says. */
  sendTogether: (messages: readonly Outgoing[]) => Promise<readonly Attempt[]>;
  /** Resolves when another attempt makes sense. */
  untilWorthwhile: (afterMs: number) => Promise<void>;
  /** Resolves when the thread shows what was sent. */
  untilShown: () => Promise<void>;
};

// Short enough that a connection which came back unannounced is used within the second.
const RETRY_MS = 700;
const RATE_LIMITED_MS = 5_000;
const MAX_PAUSE_MS = 20_000;
/** Defects that a server may answer in a row, three quarters of a minute long, before its author is asked. */
const MAX_DEFECTS = 6;

export type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * Messages of one dialog on their way. They leave one after the other, in order, wait for a lost connection and survive a reload.
 * What the server refuses stays with its reason until its author decides. Each has a place of its own in the browser, so that two
 * tabs never overwrite what the other one keeps; that both send it does no harm, because the server knows its id.
 */
export class Outbox {
  private items: readonly Outgoing[];
  private readonly listeners = new Set<() => void>();
  private post: Post | undefined;
  private isSending = false;
  /** Answers in a row that let nothing through. */
  private troubles = 0;

  constructor(
    private readonly prefix: string,
    private readonly storage: Kept,
  ) {
    this.items = readStored(prefix, storage);
  }

  readonly list = (): readonly Outgoing[] => this.items;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  /** Gives the way to the server; what was left from before a reload goes at once. */
  connect(post: Post): void {
    this.post = post;
    void this.sendAll();
  }

  add(message: Omit<Outgoing, "refusal" | "isSent" | "at">): void {
    const last = this.items.at(-1)?.at ?? 0;
    this.keep({ ...message, at: Math.max(Date.now(), last + 1), refusal: null, isSent: false });
    void this.sendAll();
  }

  /** Sends what was refused once more, and with it all that was refused for the same reason, in order. */
  retry(id: string): void {
    const reason = reasonOf(this.items.find((item) => item.id === id));
    for (const item of this.items) {
      if (item.refusal === null || reasonOf(item) !== reason) continue;
      // Whoever sends again has read what stood in the way.
      this.keep({ ...item, refusal: null, seenSeq: null });
    }
    void this.sendAll();
  }

  remove(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
    try {
      this.storage.removeItem(this.prefix + id);
    } finally {
      this.tell();
    }
  }

  /** Another tab has sent it, or its author took it back there. */
  readonly forget = (id: string): void => {
    if (!this.items.some((item) => item.id === id && !item.isSent)) return;
    this.items = this.items.filter((item) => item.id !== id);
    this.tell();
  };

  private async sendAll(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (;;) {
      const batch = this.nextBatch();
      const [next] = batch;
      if (!next || !this.post) break;
      const attempts = batch.length === 1 ? [await this.post.send(next)] : await this.post.sendTogether(batch);
      for (const [index, attempt] of attempts.entries()) {
        const sent = batch[index];
        if (sent) await this.settle(sent, attempt);
      }
    }
    this.isSending = false;
    void this.forgetShown();
  }

  /** Replies that wait behind each other go together; one that is in trouble goes alone, so that it holds up what it must. */
  private nextBatch(): readonly Outgoing[] {
    const waiting = this.items.filter(({ refusal, isSent }) => refusal === null && !isSent);
    const alone = waiting.findIndex((item) => item.kind !== "reply" || item.sequel);
    const together = alone === -1 ? waiting.length : alone;
    return waiting.slice(0, this.troubles > 0 ? 1 : Math.min(Math.max(1, together), inboxLimits.repliesAtOnce));
  }

  private async settle(message: Outgoing, attempt: Attempt): Promise<void> {
    this.troubles = attempt.kind === "later" && attempt.answer ? this.troubles + 1 : 0;
    if (attempt.kind === "sent") this.change(message.id, { isSent: true, refusal: attempt.remark ?? null });
    else if (attempt.kind === "refused") this.change(message.id, { refusal: attempt.refusal });
    else if (attempt.answer?.code === "INTERNAL" && this.troubles > MAX_DEFECTS) this.giveUp(attempt.answer);
    else await this.post?.untilWorthwhile(pauseMs(attempt.answer, this.troubles));
  }

  // All that wait behind it, too: what went before it would answer another question, and Retry sends them together.
  private giveUp(refusal: Refused): void {
    for (const item of this.items) if (item.refusal === null && !item.isSent) this.change(item.id, { refusal });
  }

  // Only once all have left: to look at the thread after each would hold up the next.
  private async forgetShown(): Promise<void> {
    const sent = this.items.filter(({ isSent, refusal }) => isSent && refusal === null);
    if (sent.length === 0) return;
    await this.post?.untilShown();
    for (const { id } of sent) this.remove(id);
  }

  private change(id: string, change: Partial<Outgoing>): void {
    const item = this.items.find((known) => known.id === id);
    // Its author took it back while it was under way.
    if (item) this.keep({ ...item, ...change });
  }

  private keep(item: Outgoing): void {
    const isKnown = this.items.some(({ id }) => id === item.id);
    this.items = isKnown ? this.items.map((known) => (known.id === item.id ? item : known)) : [...this.items, item];
    try {
      if (item.isSent) this.storage.removeItem(this.prefix + item.id);
      else this.storage.setItem(this.prefix + item.id, JSON.stringify(item));
    } catch {
      // A browser without room keeps it as long as the page lives.
    }
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

// Passing trouble of the server, and a sign-in that ran out: its author comes back, and so does the message.
const PASSING: readonly ErrorCode[] = ["INTERNAL", "RATE_LIMITED", "EXTERNAL_UNAVAILABLE", "UNAUTHORIZED"];

/** What a refusal means for the message; null when no answer came at all. */
export function attemptOf(refusal: Refused | null): Attempt {
  if (refusal === null) return { kind: "later" };
  return PASSING.includes(refusal.code) ? { kind: "later", answer: refusal } : { kind: "refused", refusal };
}

// A server that answers is not asked as often as a network that may be back at any moment.
function pauseMs(answer: Refused | undefined, troubles: number): number {
  if (!answer) return RETRY_MS;
  if (answer.code === "RATE_LIMITED") return RATE_LIMITED_MS;
  return Math.min(RETRY_MS * 2 ** (troubles - 1), MAX_PAUSE_MS);
}

/** The code by which messages that were refused alike are told from others. */
export function reasonOf(item: Pick<Outgoing, "refusal"> | undefined): string | null {
  const refusal = item?.refusal;
  if (!refusal) return null;
  return typeof refusal.facts.reason === "string" ? refusal.facts.reason : refusal.code;
}

/** All keys of a storage that begin so. */
export function keysUnder(prefix: string, storage: Kept): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
    (key): key is string => key?.startsWith(prefix) ?? false,
  );
}

function readStored(prefix: string, storage: Kept): Outgoing[] {
  return keysUnder(prefix, storage)
    .map((key) => parse(storage.getItem(key)))
    .filter((item) => item !== null)
    .sort((one, other) => one.at - other.at);
}

function parse(stored: string | null): Outgoing | null {
  try {
    const item: unknown = JSON.parse(stored ?? "null");
    return isOutgoing(item) ? item : null;
  } catch {
    return null;
  }
}

function isOutgoing(item: unknown): item is Outgoing {
  if (typeof item !== "object" || item === null) return false;
  const { id, kind, text, takeOver, refusal, at }: Partial<Record<keyof Outgoing, unknown>> = item;
  return (
    typeof id === "string" &&
    (kind === "reply" || kind === "note") &&
    typeof text === "string" &&
    typeof takeOver === "boolean" &&
    typeof at === "number" &&
    typeof refusal === "object"
  );
}
