/** Further ahead the runner's own look at the clock is exact enough. */
const SOON_MS = 60_000;
/** The clock of the database may be a little behind. */
const GRACE_MS = 5;

let ring: (() => void) | undefined;

/** The running worker of this process, which looks for jobs when it is called. */
export function onAlarm(wake: (() => void) | undefined): void {
  ring = wake;
}

/** Has a job of the near future found at its time; without a worker in this process the poll of another finds it. */
export function setAlarm(at: Date): void {
  const waitMs = at.getTime() - Date.now();
  if (ring && waitMs > 0 && waitMs < SOON_MS) setTimeout(() => ring?.(), waitMs + GRACE_MS).unref();
}
