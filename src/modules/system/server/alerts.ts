import type { Ctx } from "@/server/context";
import { closeAlerts, upsertAlert } from "./repository";

type Alert = {
  /** What is wrong and where; one alert is open per key. */
  key: string;
  detail: Record<string, string | number>;
};

/** Opens an alert, or brings the facts of the open one up to date. True when it is new. */
export async function openAlert(ctx: Ctx, alert: Alert): Promise<boolean> {
  return upsertAlert(ctx.db, { ...alert, openedAt: ctx.now() });
}

/** Closes the open alerts whose key begins with `prefix`, but for those that still stand. */
export async function resolveAlerts(ctx: Ctx, { prefix, except }: { prefix: string; except: string[] }): Promise<void> {
  await closeAlerts(ctx.db, { prefix, except, resolvedAt: ctx.now() });
}
