import type { Limiter } from "@/server/rate-limit/limit";

const MAX_KEYS = 50_000;

/** A fixed-window counter in this process: exact for one node, and forgotten at restart. */
export function memoryLimiter(now: () => number = Date.now): Limiter {
  const windows = new Map<string, { count: number; resetAtMs: number }>();
  return async (key, { limit, windowSeconds }) => {
    const nowMs = now();
    let window = windows.get(key);
    if (!window || window.resetAtMs <= nowMs) {
      if (windows.size >= MAX_KEYS) dropExpired(windows, nowMs);
      window = { count: 0, resetAtMs: nowMs + windowSeconds * 1000 };
      windows.delete(key);
      windows.set(key, window);
    }
    window.count += 1;
    return {
      isAllowed: window.count <= limit,
      limit,
      remaining: Math.max(0, limit - window.count),
      resetAt: new Date(window.resetAtMs),
    };
  };
}

function dropExpired(windows: Map<string, { resetAtMs: number }>, nowMs: number): void {
  for (const [key, window] of windows) if (window.resetAtMs <= nowMs) windows.delete(key);
  // A flood of distinct keys must not grow memory: the oldest windows go first.
  for (const key of windows.keys()) {
    if (windows.size < MAX_KEYS) break;
    windows.delete(key);
  }
}
