type Waiting<T> = { item: T; resolve: () => void; reject: (error: unknown) => void };

/**
 * Writes things together: those that come while a write is under way, and those of the first moment, `waitMs` long, go with
 * the next, `most` at a time.
 */
export class Gatherer<T> {
  private readonly waiting: Waiting<T>[] = [];
  private isWriting = false;

  constructor(
    private readonly write: (items: T[]) => Promise<unknown>,
    private readonly options: { waitMs?: number; most?: number } = {},
  ) {}

  /** Resolves when the item is written; rejects with what the write of it and its neighbours threw. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isWriting) void this.run();
    });
  }

  private async run(): Promise<void> {
    const { waitMs = 0, most = Infinity } = this.options;
    this.isWriting = true;
    while (this.waiting.length > 0) {
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const batch = this.waiting.splice(0, most);
      try {
        await this.write(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isWriting = false;
  }
}
