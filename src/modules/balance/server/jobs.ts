import * as z from "zod";
import type { UserId, WorkspaceId } from "@/lib/brand";
import { workspaceFounded } from "@/modules/workspaces/events";
import { defineJob } from "@/server/jobs/define";
import { releaseForgotten } from "./charging";
import { reconcile } from "./reconciliation/service";
import { grantWelcomeBonus } from "./service";

/** Gives the bonus to whoever founded a workspace and never had one; finds the grant the second time. */
export const welcomeFounderJob = defineJob({
  ...workspaceFounded,
  run: async (ctx, { workspaceId, ownerId }) => {
    // The payload was written by the transaction that founded the workspace for this person.
    await grantWelcomeBonus(ctx, { workspaceId: workspaceId as WorkspaceId, ownerId: ownerId as UserId });
  },
});

export const releaseForgottenHoldsJob = defineJob({
  name: "balance.release-forgotten-holds",
  payload: z.object({}),
  cron: "*/10 * * * *",
  timeoutMs: 300_000,
  run: async (ctx) => ctx.note({ released: await releaseForgotten(ctx) }),
});

export const reconcileJob = defineJob({
  name: "balance.reconcile",
  payload: z.object({}),
  // The quiet hour of a platform whose customers live in Moscow time.
  cron: "20 1 * * *",
  // Reads every ledger row once; a million take seconds.
  timeoutMs: 1_800_000,
  run: async (ctx) => ctx.note({ mismatches: (await reconcile(ctx)).length }),
});

export const balanceJobs = [welcomeFounderJob, releaseForgottenHoldsJob, reconcileJob];
