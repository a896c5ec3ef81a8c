import type { UserId } from "@/lib/brand";
import { AppError } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { queueEmail } from "@/modules/email/server/service";
import { findAccountByEmail, findAccountById, changeAccount } from "@/modules/users/server/accounts";
import type { AnonymousCtx, Ctx, UserCtx } from "@/server/context";
import { randomToken, sha256 } from "@/server/crypto";
import { env } from "@/server/env";
import { inTransaction } from "@/server/transaction";
import type { ChangePasswordInput, ResetPasswordInput } from "../contract";
import { claimCode, deleteCodes, findResetCode, insertCode } from "./code-repository";
import { inEvenTime } from "./even-time";
import { hasLettersLeft } from "./mailbox-limit";
import { hashPassword, verifyPassword } from "./passwords";
import { revokeSessions } from "./session-repository";

const LINK_LIFE_MS = 24 * 3_600_000;
const FLOOR_MS = 120;

/** Mails a link that works once, for 24 hours. The same answer, in the same time, for any address. */
export async function requestPasswordReset(ctx: AnonymousCtx, { email }: { email: string }): Promise<{ ok: true }> {
  return inEvenTime(FLOOR_MS, async () => {
    if (await hasLettersLeft(ctx, "reset", email)) await inTransaction(ctx, (ctx) => mailResetLink(ctx, email));
    return { ok: true };
  });
}

/** Whether a reset link still works, so that the page can say so before somebody invents a password. */
export async function checkResetLink(ctx: AnonymousCtx, { token }: { token: string }): Promise<{ isValid: boolean }> {
  return { isValid: (await findResetCode(ctx.db, sha256(token), ctx.now())) !== null };
}

/** Sets a new password by link; every sign-in of the account ends. Refuses: LINK_EXPIRED. */
export async function resetPassword(ctx: AnonymousCtx, { token, password }: ResetPasswordInput): Promise<{ ok: true }> {
  const secretHash = sha256(token);
  if (!(await findResetCode(ctx.db, secretHash, ctx.now()))) throw linkExpired();
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (ctx) => {
    const link = await findResetCode(ctx.db, secretHash, ctx.now());
    if (!link || !(await claimCode(ctx.db, link.id))) throw linkExpired();
    await deleteCodes(ctx.db, link.userId, "reset-password");
    await changeAccount(ctx, link.userId, { passwordHash });
    await revokeSessions(ctx.db, link.userId, null, ctx.now());
    await audit(ctx, { operation: "passwords.reset", targetKind: "user", targetId: link.userId });
    return { ok: true };
  });
}

/** Changes the own password; every other sign-in ends. Refuses: VALIDATION for a wrong current or an unchanged password. */
export async function changePassword(ctx: UserCtx, { current, next }: ChangePasswordInput): Promise<{ ok: true }> {
  const account = await findAccountById(ctx, ctx.actor.userId);
  if (!(await verifyPassword(account?.passwordHash ?? null, current))) throw refusedField("current", "wrong");
  if (current === next) throw refusedField("next", "same");
  const passwordHash = await hashPassword(next);
  return inTransaction(ctx, async (ctx) => {
    await changeAccount(ctx, ctx.actor.userId, { passwordHash });
    await deleteCodes(ctx.db, ctx.actor.userId);
    await revokeSessions(ctx.db, ctx.actor.userId, ctx.actor.sessionId, ctx.now());
    await audit(ctx, { operation: "passwords.changed", targetKind: "user", targetId: ctx.actor.userId });
    return { ok: true };
  });
}

/** A link to choose a password, for a person whose right to it the caller has proved. It works once, for 24 hours. */
export async function createResetLink(ctx: Ctx, userId: UserId): Promise<string> {
  return (await insertLink(ctx, userId)).url;
}

async function mailResetLink(ctx: AnonymousCtx, email: string): Promise<void> {
  const account = await findAccountByEmail(ctx, email);
  if (account?.status !== "active") return;
  const { codeId, url } = await insertLink(ctx, account.id);
  await audit(ctx, { operation: "passwords.reset-requested", targetKind: "user", targetId: account.id });
  await queueEmail(ctx, {
    kind: "reset-password",
    to: email,
    locale: account.locale,
    payload: { name: account.name, url },
    dedupeKey: `reset-password:${codeId}`,
  });
}

async function insertLink(ctx: Ctx, userId: UserId): Promise<{ codeId: string; url: string }> {
  const token = randomToken();
  const codeId = await insertCode(ctx.db, {
    userId,
    purpose: "reset-password",
    secretHash: sha256(token),
    expiresAt: new Date(ctx.now().getTime() + LINK_LIFE_MS),
  });
  return { codeId, url: `${env().appUrl}/reset/${token}` };
}

function linkExpired(): AppError {
  return new AppError("LINK_EXPIRED", "This link has expired or was used.", { facts: { thing: "reset" } });
}

function refusedField(field: string, rule: string): AppError {
  return new AppError("VALIDATION", "Some fields need another look.", { fieldErrors: { [field]: [rule] } });
}
