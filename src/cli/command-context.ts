import { closeDb, db } from "@/db/client";
import type { Ctx, System } from "@/server/context";
import { systemCtx } from "@/server/system-context";
import type { Lifecycle } from "./lifecycle";

/** The context of whoever sits at the terminal. The database's pools are closed when the command stops. */
export function commandCtx(name: string, lifecycle: Lifecycle): Ctx<System> {
  lifecycle.onStop(() => closeDb(db(), { timeout: 5 }));
  return systemCtx(`cli.${name}`);
}
