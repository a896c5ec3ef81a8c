import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import type { Limiter } from "@/server/rate-limit/limit";
import { memoryLimiter } from "@/server/rate-limit/memory";
import { redisLimiter } from "@/server/rate-limit/redis";

const quota = { limit: 5, windowSeconds: 60 };

type Counter = { where: string; make: () => Limiter };
const redisUrl = process.env.REDIS_URL;
const counters: Counter[] = [{ where: "in this process", make: () => memoryLimiter() }];
if (redisUrl) counters.push({ where: "on Redis", make: () => redisLimiter(redisUrl) });

describe.each(counters)("counting $where", ({ make }) => {
  it("lets exactly the quota through under parallel fire", async () => {
    const limiter = make();
    const key = newId();
    const verdicts = await Promise.all(Array.from({ length: 40 }, () => limiter(key, quota)));
    expect(verdicts.filter((verdict) => verdict.isAllowed)).toHaveLength(5);
  });

  it("does not let one caller use up another's quota", async () => {
    const limiter = make();
    const [noisy, quiet] = [newId(), newId()];
    await Promise.all(Array.from({ length: 10 }, () => limiter(noisy, quota)));
    expect((await limiter(quiet, quota)).isAllowed).toBe(true);
  });

  it("says when the next try makes sense", async () => {
    const limiter = make();
    const { resetAt, remaining } = await limiter(newId(), quota);
    expect(remaining).toBe(4);
    expect(resetAt.getTime()).toBeGreaterThan(Date.now());
    expect(resetAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
  });
});

describe("the window", () => {
  it("opens again when its time is over", async () => {
    let nowMs = 0;
    const limiter = memoryLimiter(() => nowMs);
    for (let n = 0; n < 6; n += 1) await limiter("k", quota);
    expect((await limiter("k", quota)).isAllowed).toBe(false);
    nowMs = 60_001;
    expect((await limiter("k", quota)).isAllowed).toBe(true);
  });
});
