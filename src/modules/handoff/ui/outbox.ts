export type Outgoing = {
  /** Made here and kept through every attempt, so that the server stores the message once. */
  id: string;
  text: string;
  takeOver: boolean;
  /** Why it will not be sent; null while it still will. */
  refusal: string | null;
};

/** What became of one attempt: `later` when no answer came and the same id may go again. */
export type Attempt = { kind: "sent" } | { kind: "later" } | { kind: "refused"; why: string };

type Post = {
  send: (message: Outgoing) => Promise<Attempt>;
  /** Resolves when another attempt makes sense. */
  untilWorthwhile: () => Promise<void>;
};

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Replies of one dialog on their way. They leave one after the other, in order, wait for a lost connection and survive a reload.
 * What the server refuses stays with its reason until its author decides.
 */
export class Outbox {
  private items: readonly Outgoing[];
  private readonly listeners = new Set<() => void>();
  private post: Post | undefined;
  private isSending = false;

  constructor(
    private readonly key: string,
    private readonly storage: Kept,
  ) {
    this.items = readStored(storage.getItem(key));
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

  add(message: Pick<Outgoing, "id" | "text" | "takeOver">): void {
    this.keep([...this.items, { ...message, refusal: null }]);
    void this.sendAll();
  }

  retry(id: string): void {
    this.settle(id, null);
    void this.sendAll();
  }

  remove(id: string): void {
    this.keep(this.items.filter((item) => item.id !== id));
  }

  private async sendAll(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (;;) {
      const next = this.items.find(({ refusal }) => refusal === null);
      if (!next || !this.post) break;
      const attempt = await this.post.send(next);
      if (attempt.kind === "sent") this.remove(next.id);
      else if (attempt.kind === "refused") this.settle(next.id, attempt.why);
      else await this.post.untilWorthwhile();
    }
    this.isSending = false;
  }

  private settle(id: string, refusal: string | null): void {
    this.keep(this.items.map((item) => (item.id === id ? { ...item, refusal } : item)));
  }

  private keep(items: readonly Outgoing[]): void {
    this.items = items;
    if (items.length === 0) this.storage.removeItem(this.key);
    else this.storage.setItem(this.key, JSON.stringify(items));
    for (const listener of this.listeners) listener();
  }
}

function readStored(stored: string | null): Outgoing[] {
  try {
    const items: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(items) ? items.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

function isOutgoing(item: unknown): item is Outgoing {
  if (typeof item !== "object" || item === null) return false;
  const { id, text, takeOver, refusal }: Partial<Record<keyof Outgoing, unknown>> = item;
  return (
    typeof id === "string" &&
    typeof text === "string" &&
    typeof takeOver === "boolean" &&
    (refusal === null || typeof refusal === "string")
  );
}
