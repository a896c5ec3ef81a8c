/** Further ahead the runner's own look at the clock is exact enough. */
const SOON_MS = 60_000;
/** The clock of the database may be a little behind. */
const GRACE_MS = 5;

const sleepers = new Set<() => void>();

/** A running worker of this process, which looks for jobs when it is called. Returns the way to leave. */
export function onAlarm(wake: () => void): () => void {
  sleepers.add(wake);
  return () => void sleepers.delete(wake);
}

/** Has a job of the near future found at its time; without a worker in this process the poll of another finds it. */
export function setAlarm(at: Date): void {
  const waitMs = at.getTime() - Date.now();
  if (sleepers.size === 0 || waitMs <= 0 || waitMs >= SOON_MS) return;
  setTimeout(() => {
    for (const wake of sleepers) wake();
  }, waitMs + GRACE_MS).unref();
}
