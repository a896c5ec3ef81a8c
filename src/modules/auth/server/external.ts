import { AppError } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import {
  findAccountByEmail,
  findAccountById,
  addAccount,
  changeAccount,
  type Account,
} from "@/modules/users/server/accounts";
import type { AnonymousCtx } from "@/server/context";
import { env } from "@/server/env";
import { inTransaction } from "@/server/transaction";
import { deleteCodes } from "./code-repository";
import { findLinkedUserId, insertLink, type ExternalKey } from "./external-repository";
import { welcomeAccount } from "./registration";
import { revokeSessions } from "./session-repository";
import { startSession, type StartedSession } from "./sign-in";

export type ExternalIdentity = ExternalKey & { email: string | null; isEmailVerified: boolean; name: string };

/**
 * Signs in through another provider: found by the provider's id, else linked by e-mail, which the provider must call
 * verified. Refuses: UNAUTHORIZED for blocked accounts, FORBIDDEN without a verified e-mail, REGISTRATION_CLOSED.
 */
export async function signInExternally(ctx: AnonymousCtx, identity: ExternalIdentity): Promise<StartedSession> {
  return inTransaction(ctx, async (ctx) => {
    const linkedId = await findLinkedUserId(ctx.db, identity);
    const account = linkedId ? await findAccountById(ctx, linkedId) : await linkByEmail(ctx, identity);
    if (account?.status !== "active") throw new AppError("UNAUTHORIZED", "This account cannot sign in.");
    return startSession(ctx, account.id);
  });
}

async function linkByEmail(ctx: AnonymousCtx, identity: ExternalIdentity): Promise<Account | null> {
  const { email, isEmailVerified } = identity;
  if (!email || !isEmailVerified) {
    throw new AppError("FORBIDDEN", "The provider did not confirm this e-mail address.", {
      facts: { reason: "email-not-verified" },
    });
  }
  const known = await findAccountByEmail(ctx, email);
  const account = known ?? (await registerOutsider(ctx, email, identity.name));
  if (!account || account.status !== "active") return account;
  if (known && !known.confirmedAt) await takeOver(ctx, known);
  await insertLink(ctx.db, account.id, identity);
  await audit(ctx, {
    operation: "users.external-linked",
    targetKind: "user",
    targetId: account.id,
    detail: { provider: identity.provider },
  });
  return account;
}

// Somebody registered this address and never proved it; the password they chose must not open the proved account.
async function takeOver(ctx: AnonymousCtx, account: Account): Promise<void> {
  await deleteCodes(ctx.db, account.id);
  await revokeSessions(ctx.db, account.id, null, ctx.now());
  await changeAccount(ctx, account.id, { passwordHash: null, confirmedAt: ctx.now() });
  await welcomeAccount(ctx, account);
}

async function registerOutsider(ctx: AnonymousCtx, email: string, name: string): Promise<Account | null> {
  if (env().REGISTRATION !== "open")
    throw new AppError("REGISTRATION_CLOSED", "Registration is by invitation only, or closed.");
  const fields = { email, name, locale: ctx.locale, passwordHash: null, confirmedAt: ctx.now() };
  const account = await addAccount(ctx, fields);
  if (!account) return findAccountByEmail(ctx, email);
  await audit(ctx, { operation: "users.registered", targetKind: "user", targetId: account.id });
  await welcomeAccount(ctx, account);
  return account;
}
