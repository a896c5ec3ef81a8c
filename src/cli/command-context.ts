import { closeDb, db } from "@/db/client";
import { newId } from "@/lib/ids";
import { DEFAULT_LOCALE } from "@/lib/locales";
import type { Ctx, System } from "@/server/context";
import { logger } from "@/server/logger";
import type { Lifecycle } from "./lifecycle";

/** The context of whoever sits at the terminal. The database's pools are closed when the command stops. */
export function commandCtx(name: string, lifecycle: Lifecycle): Ctx<System> {
  lifecycle.onStop(() => closeDb(db(), { timeout: 5 }));
  return {
    db: db(),
    actor: { kind: "system", job: `cli.${name}` },
    locale: DEFAULT_LOCALE,
    log: logger,
    requestId: newId(),
    address: "",
    userAgent: "",
    now: () => new Date(),
    note: () => undefined,
  };
}
