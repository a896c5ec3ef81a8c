import { setTimeout as delay } from "node:timers/promises";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/server/embedded-postgres";
import type { Lifecycle } from "./lifecycle";

// The children of a killed server need a moment to notice; until then its memory counts as in use.
const PAUSE_MS = 1_000;

/**
 * Starts the embedded database and keeps it running: one that was killed or has crashed is started again where web and
 * worker look for it. Returns its connection string.
 */
export async function keepDatabase(dataDir: string, lifecycle: Lifecycle): Promise<string> {
  let starting = startEmbeddedPostgres({ dataDir });
  // Registered before it is up, because a signal may come while it starts.
  lifecycle.onStop(async () => (await starting.catch(() => null))?.stop());
  const first = await starting;
  const guard = async (server: EmbeddedPostgres): Promise<void> => {
    await server.lost;
    if (lifecycle.isStopping()) return;
    console.error("The database has ended; starting it again.");
    await delay(PAUSE_MS);
    if (lifecycle.isStopping()) return;
    starting = startEmbeddedPostgres({ dataDir, port: first.port });
    const next = await starting;
    if (next.port !== first.port) throw new Error("The database has moved to another port.");
    return guard(next);
  };
  guard(first).catch((error: unknown) => lifecycle.fail(`The database cannot be kept running: ${String(error)}`));
  return first.url();
}
