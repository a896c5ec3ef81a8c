import { createHash } from "node:crypto";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "ioredis";
import type { Limiter } from "@/server/rate-limit/limit";

type RatelimitRedis = ConstructorParameters<typeof Ratelimit>[0]["redis"];

/** `@upstash/ratelimit` on any Redis, through ioredis. Fixed windows, counted atomically by its Lua script. */
export function redisLimiter(url: string): Limiter {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2_000, commandTimeout: 2_000 });
  // Without a listener a dropped connection would end the process; the failed command already reports it.
  redis.on("error", () => undefined);
  const client = ratelimitClient(redis);
  const limiters = new Map<string, Ratelimit>();
  return async (key, { limit, windowSeconds }) => {
    const name = `${limit}/${windowSeconds}`;
    let ratelimit = limiters.get(name);
    if (!ratelimit) {
      ratelimit = new Ratelimit({
        redis: client,
        limiter: Ratelimit.fixedWindow(limit, `${windowSeconds} s`),
        prefix: `limit:${name}`,
        ephemeralCache: false,
        timeout: 0,
      });
      limiters.set(name, ratelimit);
    }
    const { success, remaining, reset } = await ratelimit.limit(key);
    return { isAllowed: success, limit, remaining: Math.max(0, remaining), resetAt: new Date(reset) };
  };
}

/** Resolves when a Redis answers there, throws when it does not. */
export async function redisAnswers(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    retryStrategy: null,
  });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

/**
 * The three calls that the library makes, answered by ioredis. Its scripts open with a `#!lua` line whose flag
 * only Upstash's servers know, so that line is cut and the script is kept under the hash of the original.
 */
function ratelimitClient(redis: Redis): RatelimitRedis {
  const scripts = new Map<string, string>();
  const run = (script: string, keys: string[], args: unknown[]) =>
    redis.eval(script, keys.length, ...keys, ...args.map(String));
  const client = {
    evalsha: async (hash: string, keys: string[], args: unknown[]) => {
      const script = scripts.get(hash);
      if (!script) throw new Error("NOSCRIPT");
      return run(script, keys, args);
    },
    eval: async (script: string, keys: string[], args: unknown[]) => {
      const plain = script.replace(/^#!lua[^\n]*\n/, "");
      scripts.set(createHash("sha1").update(script).digest("hex"), plain);
      return run(plain, keys, args);
    },
    get: (key: string) => redis.get(key),
    set: (key: string, value: unknown) => redis.set(key, String(value)),
  };
  // The library types its client as Upstash's own; it calls only these four with these shapes.
  return client as unknown as RatelimitRedis;
}
