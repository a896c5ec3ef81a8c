import { AppError } from "@/lib/errors";
import { env } from "@/server/env";
import type { Ctx } from "@/server/context";
import { memoryLimiter } from "@/server/rate-limit/memory";

export type Quota = { limit: number; windowSeconds: number };
export type Verdict = { isAllowed: boolean; limit: number; remaining: number; resetAt: Date };

/** Counts one hit on a key and tells whether it is still within the quota. Atomic under parallel hits. */
export type Limiter = (key: string, quota: Quota) => Promise<Verdict>;

type LimitOptions = {
  /** What to do when the counter itself cannot be reached: doors to accounts refuse, conversations go on. */
  whenDown?: "refuse" | "allow";
};

let limiter: Promise<Limiter> | undefined;

function currentLimiter(): Promise<Limiter> {
  limiter ??= openLimiter(env().REDIS_URL);
  return limiter;
}

async function openLimiter(url: string | undefined): Promise<Limiter> {
  if (!url) return memoryLimiter();
  const { redisLimiter } = await import("@/server/rate-limit/redis");
  return redisLimiter(url);
}

/**
 * Refuses with RATE_LIMITED once `subject` used up the quota of `route`. The subject is a user, else a guest or
 * key, else an address; a caller without any of them shares no bucket with others because the route is in the key.
 */
export async function enforceLimit(
  ctx: Ctx,
  route: string,
  subject: string,
  quota: Quota,
  options: LimitOptions = {},
): Promise<Verdict> {
  const verdict = await countHit(ctx, `${route}:${subject}`, quota, options);
  if (verdict.isAllowed) return verdict;
  const seconds = Math.max(1, Math.ceil((verdict.resetAt.getTime() - Date.now()) / 1000));
  throw new AppError("RATE_LIMITED", `Too many requests. Try again in ${seconds} s.`, {
    facts: { seconds, limit: verdict.limit, remaining: 0 },
    retryAfterSeconds: seconds,
  });
}

async function countHit(ctx: Ctx, key: string, quota: Quota, options: LimitOptions): Promise<Verdict> {
  try {
    const count = await currentLimiter();
    return await count(key, quota);
  } catch (error) {
    ctx.log.error({ event: "rate-limit-down", error });
    if (options.whenDown !== "refuse") return { isAllowed: true, limit: quota.limit, remaining: 0, resetAt: ctx.now() };
    throw new AppError("EXTERNAL_UNAVAILABLE", "Sign-in is briefly unavailable. Try again in a minute.", {
      cause: error,
    });
  }
}

/** The key under which a caller is counted: the person when known, else the address. */
export function limitSubject(ctx: Ctx): string {
  if (ctx.actor.kind === "user" || ctx.actor.kind === "member") return `user:${ctx.actor.userId}`;
  if (ctx.actor.kind === "visitor") return `visitor:${ctx.actor.visitorKey}`;
  return `address:${ctx.address}`;
}
