import { logger } from "@/server/logger";
import { metrics } from "@/server/metrics";
import type { RequestFacts } from "@/server/request-context";

/** Logs the one wide event of a request and counts it. Called once per request, when its status is known. */
export function reportRequest(
  request: { door: string; path: string; method: string; status: number; requestId: string; startedAtMs: number },
  facts: RequestFacts,
): void {
  const { startedAtMs, ...rest } = request;
  const durationMs = performance.now() - startedAtMs;
  logger.info({ event: "request", ...rest, durationMs: Math.round(durationMs), ...facts });
  metrics().requests.inc({ door: request.door, status: String(request.status) });
  metrics().requestSeconds.observe({ door: request.door }, durationMs / 1000);
}
