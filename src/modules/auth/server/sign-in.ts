import { AppError } from "@/lib/errors";
import type { UserId } from "@/lib/brand";
import { audit } from "@/modules/audit/server/service";
import {
  admitSignIn,
  recordSignIn,
  recordSignInFailure,
  recordUnconfirmed,
  type SignInFailure,
} from "@/modules/security/server/sign-in-guard";
import { findAccountByEmail, lockAccount, type Account } from "@/modules/users/server/accounts";
import type { AnonymousCtx, Ctx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import type { SignInInput } from "../contract";
import { verifyPassword } from "./passwords";
import { insertSession, revokeSession } from "./session-repository";

export type StartedSession = { userId: UserId; sessionId: string };

/**
 * Signs in with a password. Unknown, wrong and blocked sound and last alike. Refuses: UNAUTHORIZED,
 * EMAIL_NOT_CONFIRMED (only with the right password), RATE_LIMITED while the account or address is locked.
 */
export async function signIn(ctx: AnonymousCtx, input: SignInInput): Promise<StartedSession> {
  const admission = await admitSignIn(ctx, input.email);
  if (!admission.ok) throw locked(ctx, admission.lockedUntil);
  const { attemptId } = admission;
  const account = await findAccountByEmail(ctx, input.email);
  const isRight = await verifyPassword(account?.passwordHash ?? null, input.password);
  const failure = failureOf(account, isRight);
  if (failure || !account) {
    await recordSignInFailure(ctx, attemptId, failure ?? "unknown", account?.id);
    throw wrongCredentials();
  }
  if (!account.confirmedAt && account.role !== "admin") {
    await recordUnconfirmed(ctx, attemptId, account.id);
    throw new AppError("EMAIL_NOT_CONFIRMED", "Confirm your e-mail address first.");
  }
  return inTransaction(ctx, async (ctx) => {
    // A password changed while the old one was being checked has ended all sessions; this one must not outlive that.
    const current = await lockAccount(ctx, account.id);
    if (current?.passwordHash !== account.passwordHash || current?.status !== "active") throw wrongCredentials();
    await recordSignIn(ctx, attemptId, account.id);
    return startSession(ctx, account.id);
  });
}

/** Opens a session for a person whose right to it the caller has proved. */
export async function startSession(ctx: Ctx, userId: UserId): Promise<StartedSession> {
  const { userAgent, address } = ctx;
  const sessionId = await insertSession(ctx.db, { userId, userAgent, address }, ctx.now());
  await audit(ctx, { operation: "sessions.started", targetKind: "user", targetId: userId });
  return { userId, sessionId };
}

/** Ends a session on the server, whatever becomes of its cookie. */
export async function signOut(ctx: Ctx, { userId, sessionId }: StartedSession): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    if (!(await revokeSession(ctx.db, userId, sessionId, ctx.now()))) return;
    await audit(ctx, { operation: "sessions.ended", targetKind: "user", targetId: userId });
  });
}

function failureOf(account: Account | null, isRight: boolean): SignInFailure | null {
  if (!account) return "unknown";
  if (!isRight) return "wrong-password";
  return account.status === "active" ? null : "blocked";
}

function wrongCredentials(): AppError {
  return new AppError("UNAUTHORIZED", "E-mail or password is wrong.", { facts: { reason: "wrong-credentials" } });
}

function locked(ctx: Ctx, until: Date): AppError {
  const seconds = Math.max(1, Math.ceil((until.getTime() - ctx.now().getTime()) / 1000));
  return new AppError("RATE_LIMITED", `Too many failed sign-ins. Try again in ${seconds} s.`, {
    facts: { reason: "sign-in-locked", seconds },
    retryAfterSeconds: seconds,
  });
}
