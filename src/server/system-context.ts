import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import { DEFAULT_LOCALE } from "@/lib/locales";
import type { Ctx, System } from "@/server/context";
import { logger } from "@/server/logger";

/** The context of work that nobody asked for in person: a job, a command, a process of its own. */
export function systemCtx(job: string): Ctx<System> {
  return {
    db: db(),
    actor: { kind: "system", job },
    locale: DEFAULT_LOCALE,
    log: logger,
    requestId: newId(),
    address: "",
    userAgent: "",
    now: () => new Date(),
    note: () => undefined,
  };
}
