import type { AlertSettings, UpdateAlertsInput } from "@/modules/users/alerts/contract";
import { defaultAlerts } from "@/modules/users/alerts/defaults";
import type { UserCtx } from "@/server/context";
import { findAlerts, upsertAlerts } from "./repository";

/** How the caller wants to be called to dialogs, in every browser. */
export async function getAlerts(ctx: UserCtx): Promise<AlertSettings> {
  return (await findAlerts(ctx.db, ctx.actor.userId)) ?? defaultAlerts;
}

/** Changes what is named; the rest stays. */
export async function updateAlerts(ctx: UserCtx, input: UpdateAlertsInput): Promise<AlertSettings> {
  await upsertAlerts(ctx.db, ctx.actor.userId, input);
  return getAlerts(ctx);
}
