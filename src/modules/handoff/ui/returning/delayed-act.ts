/** How long a return can be taken back. */
export const UNDO_MS = 5_000;

type Act = { run: () => void; leave: () => void };

/**
 * Acts that wait for a while so that a person may take them back. One per key; a page that goes away does not lose them, each
 * then leaves by its own `leave`.
 */
export class DelayedActs {
  private readonly waiting = new Map<string, { act: Act; timer: ReturnType<typeof setTimeout> }>();

  start(key: string, act: Act, afterMs = UNDO_MS): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.waiting.delete(key);
      act.run();
    }, afterMs);
    this.waiting.set(key, { act, timer });
  }

  /** False when it has happened already. */
  cancel(key: string): boolean {
    const found = this.waiting.get(key);
    if (!found) return false;
    clearTimeout(found.timer);
    return this.waiting.delete(key);
  }

  leaveNow(): void {
    for (const [key, { act, timer }] of [...this.waiting]) {
      clearTimeout(timer);
      this.waiting.delete(key);
      act.leave();
    }
  }
}
