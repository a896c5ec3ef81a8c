import type { UserId } from "@/lib/brand";
import type { Ctx } from "@/server/context";
import { keyedHash } from "@/server/keyed-hash";
import { inTransaction } from "@/server/transaction";
import { lockedUntil, SIGN_IN_RULES } from "../rules";
import { insertSecurityEvent, listFailures, takeTurn, updateSecurityEvent, type Subject } from "./repository";

export type Admission = { ok: true; attemptId: string } | { ok: false; lockedUntil: Date };
export type SignInFailure = "unknown" | "wrong-password" | "blocked";

/**
 * Lets one attempt at the door, or tells until when the door is closed. An attempt counts as failed from the start, so
 * attempts fired in parallel cannot pass the limit together; success takes its mark away again.
 */
export async function admitSignIn(ctx: Ctx, email: string): Promise<Admission> {
  const emailHash = keyedHash("security-event-email", email);
  return inTransaction(ctx, async (ctx) => {
    // Always in this order, so that two attempts never wait for each other.
    await takeTurn(ctx.db, `account:${emailHash}`);
    // A caller without an address shares no count: one stranger must not close the door for all of them.
    if (ctx.address) await takeTurn(ctx.db, `address:${ctx.address}`);
    const closed = [
      await closedUntil(ctx, { emailHash }, SIGN_IN_RULES.perAccount),
      ctx.address ? await closedUntil(ctx, { address: ctx.address }, SIGN_IN_RULES.perAddress) : null,
    ].filter((until) => until !== null);
    const until = closed.sort((a, b) => b.getTime() - a.getTime())[0];
    if (until) {
      await insertSecurityEvent(ctx.db, { kind: "sign-in.refused", at: ctx.now(), address: ctx.address, emailHash });
      return { ok: false, lockedUntil: until };
    }
    const attempt = {
      kind: "sign-in.failed",
      at: ctx.now(),
      address: ctx.address,
      emailHash,
      detail: { reason: "pending" },
    };
    return { ok: true, attemptId: await insertSecurityEvent(ctx.db, attempt) };
  });
}

/** Records that an attempt succeeded; earlier failures of the account no longer count. */
export async function recordSignIn(ctx: Ctx, attemptId: string, userId: UserId): Promise<void> {
  await updateSecurityEvent(ctx.db, attemptId, { kind: "sign-in.succeeded", at: ctx.now(), userId, detail: {} });
}

/** Records why an attempt failed. The reason stays in the log of events and is never told to the caller. */
export async function recordSignInFailure(
  ctx: Ctx,
  attemptId: string,
  reason: SignInFailure,
  userId?: UserId,
): Promise<void> {
  await updateSecurityEvent(ctx.db, attemptId, { detail: { reason }, userId });
  ctx.log.warn({ event: "sign-in.failed", reason, requestId: ctx.requestId });
}

/** Records a right password on an unconfirmed account: no sign-in, but no guess either, so it does not close the door. */
export async function recordUnconfirmed(ctx: Ctx, attemptId: string, userId: UserId): Promise<void> {
  await updateSecurityEvent(ctx.db, attemptId, { kind: "sign-in.unconfirmed", userId, detail: {} });
}

async function closedUntil(ctx: Ctx, subject: Subject, threshold: number): Promise<Date | null> {
  const since = new Date(ctx.now().getTime() - SIGN_IN_RULES.windowMs - SIGN_IN_RULES.lockMs);
  // Twice the limit: enough to find a full window among failures that came before or after it.
  return lockedUntil(await listFailures(ctx.db, subject, since, threshold * 2), threshold, ctx.now());
}
