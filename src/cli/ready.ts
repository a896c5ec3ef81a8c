import { setTimeout as delay } from "node:timers/promises";
import type { Lifecycle } from "./lifecycle";

const PATIENCE_MS = 120_000;

/** Resolves to true once web answers requests, to false when it is being stopped or does not answer within two minutes. */
export async function isServing(port: number, lifecycle: Lifecycle): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!lifecycle.isStopping()) {
    const response = await fetch(`http://127.0.0.1:${port}/api/health/live`).catch(() => null);
    if (response) return true;
    if (Date.now() > deadline) lifecycle.fail(`Web did not answer within ${PATIENCE_MS / 1000} s; stopping.`);
    await delay(50);
  }
  return false;
}
