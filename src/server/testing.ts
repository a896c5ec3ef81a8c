import type { Db } from "@/db/client";
import { newId } from "@/lib/ids";
import type { Actor, Ctx } from "@/server/context";
import { logger } from "@/server/logger";

/** A context for tests and seeds: a silent note, a fixed caller, the real clock unless told otherwise. */
export function makeCtx<A extends Actor>(db: Db, actor: A, overrides: Partial<Ctx<A>> = {}): Ctx<A> {
  return {
    db,
    actor,
    locale: "en",
    log: logger,
    requestId: newId(),
    address: "127.0.0.1",
    userAgent: "test",
    now: () => new Date(),
    note: () => undefined,
    ...overrides,
  };
}
