import { watchNpm } from "./ancestors";
import { explain } from "./problem";

type Cleanup = (force: AbortSignal) => Promise<void> | void;

// A terminal's Ctrl-C arrives twice through npm and tsx; a person's second one comes later.
const SAME_SIGNAL_MS = 800;

/**
 * Runs a command until it ends, fails or is told to stop. What it registered with `onStop` is undone in reverse order,
 * each waiting for the one before. A second signal aborts `force`. Never resolves: the process exits.
 */
export async function runUntilStopped(work: (lifecycle: Lifecycle) => Promise<void>): Promise<never> {
  const cleanups: Cleanup[] = [];
  const force = new AbortController();
  let exiting: Promise<never> | null = null;
  let signalledAt = 0;

  const exit = (code: number): Promise<never> => {
    exiting ??= undoAll(cleanups, force.signal).then(() => process.exit(code));
    return exiting;
  };
  const begin = (reason: string) => {
    if (exiting) return;
    signalledAt = Date.now();
    console.log(`${reason}: stopping. Once more to force.`);
    void exit(0);
  };
  const onSignal = (name: string) => {
    if (exiting && Date.now() - signalledAt > SAME_SIGNAL_MS) force.abort();
    begin(name);
  };
  const lifecycle: Lifecycle = {
    onStop: (cleanup) => void cleanups.push(cleanup),
    fail: (reason) => {
      if (!exiting) console.error(reason);
      void exit(1);
    },
    isStopping: () => exiting !== null,
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => onSignal(name));
  // Whoever read our output is gone, as in `npm start | head`.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => begin("Output is closed"));
  process.on("uncaughtException", (error) => lifecycle.fail(explain(error)));
  // tsx runs us as its child; when it is killed, only its closed channel tells.
  process.on("disconnect", () => begin("Parent is gone"));
  watchNpm(() => begin("npm is gone"));

  try {
    await work(lifecycle);
  } catch (error) {
    if (!exiting) console.error(explain(error));
    return exit(1);
  }
  return exit(0);
}

export type Lifecycle = {
  onStop: (cleanup: Cleanup) => void;
  /** Prints the reason and ends everything with a non-zero exit. */
  fail: (reason: string) => void;
  isStopping: () => boolean;
};

async function undoAll(cleanups: Cleanup[], force: AbortSignal): Promise<void> {
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) {
    try {
      await cleanup(force);
    } catch (error) {
      console.error(explain(error));
    }
  }
}
