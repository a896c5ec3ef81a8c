/** Further ahead the runner's own look at the clock is exact enough. */
const SOON_MS = 60_000;
/** The clock of the database may be a little behind. */
const GRACE_MS = 5;

/** Wakes the runners of this process at the time of a job; the others find it when they look by themselves. */
class Alarm {
  private readonly sleepers = new Set<() => void>();

  /** A running worker of this process, which looks for jobs when it is called. Returns the way to leave. */
  listen(wake: () => void): () => void {
    this.sleepers.add(wake);
    return () => void this.sleepers.delete(wake);
  }

  /** Has a job of the near future found at its time. */
  set(at: Date): void {
    const waitMs = at.getTime() - Date.now();
    if (this.sleepers.size === 0 || waitMs <= 0 || waitMs >= SOON_MS) return;
    setTimeout(() => {
      for (const wake of this.sleepers) wake();
    }, waitMs + GRACE_MS).unref();
  }
}

/** For jobs that have no order. */
export const jobAlarm = new Alarm();
/** For jobs of lanes. */
export const laneAlarm = new Alarm();
