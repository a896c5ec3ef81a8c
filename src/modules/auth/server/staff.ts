import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { UserId } from "@/lib/brand";
import { AppError } from "@/lib/errors";
import type { Locale } from "@/lib/locales";
import { audit } from "@/modules/audit/server/service";
import {
  type Account,
  addAccount,
  changeAccount,
  findAccountByEmail,
  lockAccount,
} from "@/modules/users/server/accounts";
import { hasWorkspace } from "@/modules/workspaces/server/access";
import { foundWorkspace } from "@/modules/workspaces/server/service";
import type { Ctx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { deleteCodes } from "./code-repository";
import { createResetLink } from "./password-reset";
import { hashPassword, verifyPassword } from "./passwords";
import { revokeSessions } from "./session-repository";

export type StaffOutcome = {
  outcome: "created" | "promoted" | "unchanged";
  /** Works once, for 24 hours; only when the account has no password to sign in with. */
  invitationUrl: string | null;
};

/** Whether the account of this address can sign in with a password that its owner has chosen and proved. */
export async function hasOwnPassword(ctx: Ctx, email: string): Promise<boolean> {
  const account = await findAccountByEmail(ctx, email);
  return account !== null && account.confirmedAt !== null && account.passwordHash !== null;
}

/**
 * Makes the person of an address platform staff: a new confirmed account with a workspace, or the one that is there.
 * A given password becomes the account's and ends its sign-ins; without one, and without an own password, a link to
 * choose one is made. Whoever registered the address without proving it keeps nothing. Twice gives the same as once.
 * Refuses: CONFLICT for a blocked account.
 */
export async function appointStaff(
  ctx: Ctx,
  { email, password }: { email: string; password: string | null },
): Promise<StaffOutcome> {
  const passwordHash = password === null ? null : await hashPassword(password);
  return inTransaction(ctx, async (ctx) => {
    const added = await addStaff(ctx, email, passwordHash);
    const account = added ?? (await lockExisting(ctx, email));
    const isPromoted = added === null && (await promote(ctx, account));
    const isPasswordNew = added === null && (await settlePassword(ctx, account, { password, passwordHash }));
    if (!(await hasWorkspace(ctx, account.id))) await foundWorkspace(ctx, account.id, firstName(account.locale));
    const needsLink = passwordHash === null && (account.passwordHash === null || account.confirmedAt === null);
    return {
      outcome: added !== null ? "created" : isPromoted || isPasswordNew ? "promoted" : "unchanged",
      invitationUrl: needsLink ? await createResetLink(ctx, account.id) : null,
    };
  });
}

async function addStaff(ctx: Ctx, email: string, passwordHash: string | null): Promise<Account | null> {
  const account = await addAccount(ctx, {
    email,
    name: "",
    locale: ctx.locale,
    passwordHash,
    confirmedAt: ctx.now(),
    role: "admin",
  });
  if (account === null) return null;
  const detail = { role: "admin" };
  await audit(ctx, { operation: "users.registered", targetKind: "user", targetId: account.id, detail });
  return account;
}

async function lockExisting(ctx: Ctx, email: string): Promise<Account> {
  const known = await findAccountByEmail(ctx, email);
  const account = known && (await lockAccount(ctx, known.id));
  if (account?.status === "active") return account;
  throw new AppError("CONFLICT", "This account is blocked. Unblock it first.", { facts: { reason: "blocked" } });
}

async function promote(ctx: Ctx, account: Account): Promise<boolean> {
  if (account.role === "admin" && account.confirmedAt !== null) return false;
  await changeAccount(ctx, account.id, { role: "admin", confirmedAt: account.confirmedAt ?? ctx.now() });
  await audit(ctx, {
    operation: "users.role-set",
    targetKind: "user",
    targetId: account.id,
    detail: { from: account.role, to: "admin" },
  });
  return true;
}

/** True when the account's password is another one afterwards, or none. */
async function settlePassword(
  ctx: Ctx,
  account: Account,
  given: { password: string | null; passwordHash: string | null },
): Promise<boolean> {
  const isUnproved = account.confirmedAt === null;
  if (given.password === null && !isUnproved) return false;
  if (!isUnproved && (await verifyPassword(account.passwordHash, given.password ?? ""))) return false;
  await changeAccount(ctx, account.id, { passwordHash: given.passwordHash });
  await endEverySignIn(ctx, account.id);
  return true;
}

async function endEverySignIn(ctx: Ctx, userId: UserId): Promise<void> {
  await deleteCodes(ctx.db, userId);
  await revokeSessions(ctx.db, userId, null, ctx.now());
  await audit(ctx, { operation: "passwords.reset", targetKind: "user", targetId: userId });
}

function firstName(locale: Locale): string {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "workspaces" })("firstName");
}
