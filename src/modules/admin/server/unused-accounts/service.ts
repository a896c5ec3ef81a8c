import { eraseAccount } from "@/modules/auth/server/account-removal";
import { leaveEverything } from "@/modules/workspaces/server/removal";
import type { Ctx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { listUnused, type UnusedAccount } from "./repository";

export type { UnusedAccount };

/** Accounts that may go: unconfirmed, or confirmed and never used since, without money and without anything of value. */
export function findUnusedAccounts(ctx: Ctx, before: Date): Promise<UnusedAccount[]> {
  return listUnused(ctx.db, before);
}

/**
 * Closes such an account and the empty workspaces that only it owns, if all of that still holds; false when it does not.
 * Rows stay without anything personal in them, and money rows are not touched.
 */
export async function removeUnusedAccount(ctx: Ctx, { userId }: UnusedAccount, before: Date): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    if ((await listUnused(ctx.db, before, userId)).length === 0) return false;
    await leaveEverything(ctx, userId, { mayClose: true });
    await eraseAccount(ctx, userId);
    return true;
  });
}
