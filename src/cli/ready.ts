import { setTimeout as delay } from "node:timers/promises";
import type { Lifecycle } from "./lifecycle";

const PATIENCE_MS = 120_000;

/** Resolves when web answers requests; gives the installation up when it does not within two minutes. */
export async function waitUntilServing(port: number, lifecycle: Lifecycle): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!lifecycle.isStopping()) {
    const response = await fetch(`http://127.0.0.1:${port}/api/health/live`).catch(() => null);
    if (response) return;
    if (Date.now() > deadline) return lifecycle.fail(`Web did not answer within ${PATIENCE_MS / 1000} s; stopping.`);
    await delay(50);
  }
}
