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
