import { queueEmail } from "@/modules/email/server/service";
import { openAlert, resolveAlerts } from "@/modules/system/server/alerts";
import { env } from "@/server/env";
import type { Ctx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { findMismatches, listStaff, type Mismatch } from "./repository";

const PREFIX = "balance-mismatch:";

/**
 * Compares wallets, ledger, holds and charged answers of the whole platform. Every workspace that does not agree gets one
 * open alert, and the staff one letter when it opens; an alert closes when a later look finds nothing wrong.
 * Resolves to what was found; mends nothing, because only a person can tell which side is right.
 */
export async function reconcile(ctx: Ctx): Promise<Mismatch[]> {
  const mismatches = await findMismatches(ctx.db);
  const byWorkspace = Map.groupBy(mismatches, ({ workspaceId }) => workspaceId);
  for (const [workspaceId, found] of byWorkspace) {
    ctx.log.error({ event: "balance-mismatch", workspaceId, found });
    await inTransaction(ctx, async (ctx) => {
      const detail = Object.fromEntries(
        found.map(({ check, ...sides }) => [check, `${sides.expected} / ${sides.found}`]),
      );
      if (await openAlert(ctx, { key: `${PREFIX}${workspaceId}`, detail })) await tellStaff(ctx, workspaceId, found);
    });
  }
  await resolveAlerts(ctx, { prefix: PREFIX, except: [...byWorkspace.keys()].map((id) => `${PREFIX}${id}`) });
  return mismatches;
}

async function tellStaff(ctx: Ctx, workspaceId: string, found: Mismatch[]): Promise<void> {
  for (const { id, email, locale } of await listStaff(ctx.db)) {
    await queueEmail(ctx, {
      kind: "balance-mismatch",
      to: email,
      locale,
      payload: {
        workspaceId,
        checks: found.map(({ check }) => check).join(", "),
        url: `${env().appUrl}/admin`,
      },
      dedupeKey: `balance-mismatch:${workspaceId}:${ctx.now().getTime()}:${id}`,
    });
  }
}
