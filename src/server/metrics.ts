import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

type Metrics = { registry: Registry; requests: Counter<"door" | "status">; requestSeconds: Histogram<"door"> };

// Next loads this module once per bundle; the registry must be one per process.
const shared = globalThis as typeof globalThis & { chataiMetrics?: Metrics };

/** The Prometheus registry of this process and the figures that doors report to it. */
export function metrics(): Metrics {
  shared.chataiMetrics ??= createMetrics();
  return shared.chataiMetrics;
}

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: "chatai_requests_total",
      help: "Requests answered, by door and status",
      labelNames: ["door", "status"],
      registers: [registry],
    }),
    requestSeconds: new Histogram({
      name: "chatai_request_duration_seconds",
      help: "Time to the response's start, by door",
      labelNames: ["door"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
  };
}
