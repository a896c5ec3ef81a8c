import type { Draft } from "@/modules/handoff/drafts/contract";
import type { Kept } from "../outbox";

type Place = Pick<Kept, "getItem" | "setItem" | "removeItem">;

const EMPTY: Draft = { text: "", revision: 0 };

/**
 * One draft in this browser, in step with the server's copy by revision: the later words win, on whatever device they were
 * typed. What the server has not confirmed is kept here through a reload, also that nothing is left of it.
 */
export class DraftBox {
  private draft: Draft;
  private savedRevision = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly key: string,
    private readonly storage: Place,
    private readonly now: () => number = Date.now,
  ) {
    this.draft = parse(read(storage, key));
  }

  readonly text = (): string => this.draft.text;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  type(text: string): void {
    this.keep({ text, revision: this.nextRevision() });
  }

  /** Takes the words out to be sent, under the revision that their place is left with. */
  take(): Draft {
    const { text } = this.draft;
    const revision = this.nextRevision();
    this.keep({ text: "", revision });
    return { text, revision };
  }

  /** Hears what the server has. */
  receive({ text, revision }: Draft): void {
    this.savedRevision = Math.max(this.savedRevision, revision);
    if (revision > this.draft.revision) this.keep({ text, revision });
    else this.tidy();
  }

  /** What the server does not know yet; null when it knows all. */
  unsaved(): Draft | null {
    return this.draft.revision > this.savedRevision ? this.draft : null;
  }

  confirm(revision: number): void {
    this.savedRevision = Math.max(this.savedRevision, revision);
    this.tidy();
  }

  private nextRevision(): number {
    return Math.max(this.now(), this.draft.revision + 1, this.savedRevision + 1);
  }

  private keep(draft: Draft): void {
    this.draft = draft;
    try {
      this.storage.setItem(this.key, JSON.stringify(draft));
    } catch {
      // A browser without room keeps it as long as the page lives.
    }
    this.tidy();
    for (const listener of this.listeners) listener();
  }

  private tidy(): void {
    if (this.draft.text === "" && this.unsaved() === null) this.storage.removeItem(this.key);
  }
}

function read(storage: Place, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function parse(stored: string | null): Draft {
  try {
    const draft: unknown = JSON.parse(stored ?? "null");
    if (typeof draft !== "object" || draft === null) return EMPTY;
    const { text, revision }: Partial<Record<keyof Draft, unknown>> = draft;
    return typeof text === "string" && Number.isSafeInteger(revision) ? { text, revision: Number(revision) } : EMPTY;
  } catch {
    return EMPTY;
  }
}
