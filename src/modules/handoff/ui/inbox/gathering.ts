/** Collects ids and hands them on together, a moment after the first: also where ids come without an end. */
export class Gathering {
  private readonly ids = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly pass: (ids: string[]) => void,
    private readonly afterMs: () => number,
  ) {}

  readonly touch = (id: string): void => {
    this.ids.add(id);
    this.timer ??= setTimeout(() => this.flush(), this.afterMs());
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const ids = [...this.ids];
    this.ids.clear();
    this.pass(ids);
  }
}

/** Of several questions about the same things the newest counts, whichever answer comes last. */
export class Newest {
  private turn = 0;
  private readonly askedIn = new Map<string, number>();

  /** Notes a question about `ids`. Called when its answer is there, the result tells for which of them it still counts. */
  ask(ids: readonly string[]): () => string[] {
    const turn = (this.turn += 1);
    for (const id of ids) this.askedIn.set(id, turn);
    return () => {
      const current = ids.filter((id) => this.askedIn.get(id) === turn);
      for (const id of current) this.askedIn.delete(id);
      return current;
    };
  }
}
