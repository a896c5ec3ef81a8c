import type { UserId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { anonymiseAccount, lockAccount } from "@/modules/users/server/accounts";
import { leaveEverything } from "@/modules/workspaces/server/removal";
import type { Ctx, UserCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { deleteCodes } from "./code-repository";
import { deleteLinks } from "./external-repository";
import { revokeSessions } from "./session-repository";

/**
 * Closes the own account for good: nothing personal is kept, every sign-in ends, what it wrote stays without a name.
 * Refuses: VALIDATION when the address was typed wrong; CONFLICT for platform staff (`staff`) and for the only owner of a
 * workspace (`sole-owner`), which is handed over or deleted first.
 */
export async function removeOwnAccount(ctx: UserCtx, { email }: { email: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (ctx) => {
    const account = await lockAccount(ctx, ctx.actor.userId);
    if (account?.status !== "active") throw notFound("Account");
    if (account.email !== email)
      throw new AppError("VALIDATION", "The address was typed differently.", { fieldErrors: { email: ["different"] } });
    if (account.role === "admin") {
      throw new AppError("CONFLICT", "Platform staff cannot delete themselves.", { facts: { reason: "staff" } });
    }
    await leaveEverything(ctx, account.id);
    await eraseAccount(ctx, account.id);
    return { ok: true };
  });
}

/** Takes what is personal out of an account and ends its sign-ins, in the caller's transaction. Its memberships have ended. */
export async function eraseAccount(ctx: Ctx, userId: UserId): Promise<void> {
  await deleteCodes(ctx.db, userId);
  await deleteLinks(ctx.db, userId);
  await revokeSessions(ctx.db, userId, null, ctx.now());
  await anonymiseAccount(ctx, userId);
  await audit(ctx, { operation: "users.removed", targetKind: "user", targetId: userId });
}
