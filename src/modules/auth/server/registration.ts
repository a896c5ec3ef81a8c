import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import { AppError } from "@/lib/errors";
import type { Locale } from "@/lib/locales";
import { audit } from "@/modules/audit/server/service";
import { queueEmail } from "@/modules/email/server/service";
import { findAccountByEmail, addAccount, changeAccount, type Account } from "@/modules/users/server/accounts";
import { getInvitation, joinByInvitation } from "@/modules/workspaces/server/invitations/service";
import { grantWelcomeBonus } from "@/modules/balance/server/service";
import { foundWorkspace } from "@/modules/workspaces/server/service";
import type { AnonymousCtx } from "@/server/context";
import { equalSecrets, randomCode } from "@/server/crypto";
import { env } from "@/server/env";
import { keyedHash } from "@/server/keyed-hash";
import { enforceLimit } from "@/server/rate-limit/limit";
import { inTransaction } from "@/server/transaction";
import type { ConfirmEmailInput, RegisterInput, RegisterInvitedInput } from "../contract";
import { claimCode, deleteCodes, insertCode, spendAttempt } from "./code-repository";
import { inEvenTime } from "./even-time";
import { hasLettersLeft, mailboxKey } from "./mailbox-limit";
import { hashPassword } from "./passwords";
import { startSession, type StartedSession } from "./sign-in";

const CODE_LIFE_MS = 15 * 60_000;
const CODE_ATTEMPTS = 5;
const REGISTER_FLOOR_MS = 300;
const RESEND_FLOOR_MS = 120;
const RESEND_WAIT_SECONDS = 30;
const HOURLY_RESENDS = { limit: 3, windowSeconds: 3600 };

/**
 * Registers an address and mails a code. The answer and its time are the same for a known address, whose owner gets a
 * letter instead. An unconfirmed address may register again: nobody has proved it yet. Refuses: REGISTRATION_CLOSED.
 */
export async function register(ctx: AnonymousCtx, input: RegisterInput): Promise<{ ok: true }> {
  if (env().REGISTRATION !== "open") throw registrationClosed();
  return inEvenTime(REGISTER_FLOOR_MS, async () => {
    const passwordHash = await hashPassword(input.password);
    if (await hasLettersLeft(ctx, "register", input.email))
      await inTransaction(ctx, (ctx) => registerOrTell(ctx, input, passwordHash));
    return { ok: true };
  });
}

/** Mails a new code, which replaces the last. The same answer for any address. Refuses: RATE_LIMITED at the fourth in an hour. */
export async function resendCode(
  ctx: AnonymousCtx,
  { email }: { email: string },
): Promise<{ ok: true; nextInSeconds: number }> {
  await enforceLimit(ctx, "auth.resendCode", mailboxKey(email), HOURLY_RESENDS, { whenDown: "refuse" });
  return inEvenTime(RESEND_FLOOR_MS, async () => {
    await inTransaction(ctx, async (ctx) => {
      const account = await findAccountByEmail(ctx, email);
      if (account?.status === "active" && !account.confirmedAt) await mailCode(ctx, account);
    });
    return { ok: true, nextInSeconds: RESEND_WAIT_SECONDS };
  });
}

/**
 * Confirms an address, founds the first workspace and signs in. Refuses with the one answer CODE_INVALID: wrong, old
 * and used up codes, unknown and confirmed addresses.
 */
export async function confirmEmail(
  ctx: AnonymousCtx,
  { email, code }: ConfirmEmailInput,
): Promise<StartedSession & { slug: string }> {
  const account = await findAccountByEmail(ctx, email);
  if (!account || account.status !== "active" || account.confirmedAt) throw codeInvalid();
  // Outside the transaction below, so that a wrong guess stays counted when the confirmation is rolled back.
  const spent = await spendAttempt(ctx.db, account.id, CODE_ATTEMPTS, ctx.now());
  if (!spent || !equalSecrets(spent.secretHash, codeHash(account, code))) throw codeInvalid();
  return inTransaction(ctx, async (ctx) => {
    if (!(await claimCode(ctx.db, spent.id))) throw codeInvalid();
    await deleteCodes(ctx.db, account.id);
    await changeAccount(ctx, account.id, { confirmedAt: ctx.now() });
    await audit(ctx, { operation: "users.confirmed", targetKind: "user", targetId: account.id });
    const { slug } = await welcomeAccount(ctx, account);
    return { ...(await startSession(ctx, account.id)), slug };
  });
}

/**
 * Registers through an invitation link. The link came by mail, so it proves the address: no code is needed, and the
 * person lands in the workspace that invited. Refuses: LINK_EXPIRED, REGISTRATION_CLOSED, CONFLICT for a known address.
 */
export async function registerInvited(
  ctx: AnonymousCtx,
  input: RegisterInvitedInput,
): Promise<StartedSession & { slug: string }> {
  if (env().REGISTRATION === "closed") throw registrationClosed();
  const { email } = await getInvitation(ctx, input);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(ctx, async (ctx) => {
    const account = await claimAddress(ctx, { ...input, email }, passwordHash);
    if (!account) {
      throw new AppError("CONFLICT", "This address has an account. Sign in to accept.", {
        facts: { reason: "known-address" },
      });
    }
    await deleteCodes(ctx.db, account.id);
    await changeAccount(ctx, account.id, { confirmedAt: ctx.now() });
    await audit(ctx, {
      operation: "users.registered",
      targetKind: "user",
      targetId: account.id,
      detail: { isInvited: true },
    });
    const { slug } = await joinByInvitation(ctx, input.token, { userId: account.id, email });
    return { ...(await startSession(ctx, account.id)), slug };
  });
}

/** Gives a freshly proved account its first workspace and a welcome letter, in the caller's transaction. */
export async function welcomeAccount(
  ctx: AnonymousCtx,
  { id, email: to, locale, name }: Account,
): Promise<{ slug: string }> {
  const payload = { name, url: `${env().appUrl}/w` };
  await queueEmail(ctx, { kind: "welcome", to, locale, payload, dedupeKey: `welcome:${id}` });
  const workspace = await foundWorkspace(ctx, id, firstWorkspaceName(locale));
  // Credited with the workspace instead of on a click: nothing stands between a new customer and the first answer.
  await grantWelcomeBonus(ctx, { workspaceId: workspace.id, ownerId: id });
  return workspace;
}

async function registerOrTell(ctx: AnonymousCtx, input: RegisterInput, passwordHash: string): Promise<void> {
  const account = await claimAddress(ctx, input, passwordHash);
  if (!account) return tellOwner(ctx, input.email);
  await audit(ctx, { operation: "users.registered", targetKind: "user", targetId: account.id });
  await mailCode(ctx, account);
}

/** The new or still unproved account of an address with the fields just given; null when somebody has proved it. */
async function claimAddress(ctx: AnonymousCtx, input: RegisterInput, passwordHash: string): Promise<Account | null> {
  const { email, name, locale = ctx.locale } = input;
  const inserted = await addAccount(ctx, { email, name, locale, passwordHash, confirmedAt: null });
  if (inserted) return inserted;
  const known = await findAccountByEmail(ctx, email);
  if (!known || known.confirmedAt || known.status !== "active") return null;
  await changeAccount(ctx, known.id, { name, locale, passwordHash });
  return { ...known, name, locale, passwordHash };
}

async function mailCode(ctx: AnonymousCtx, account: Account): Promise<void> {
  await deleteCodes(ctx.db, account.id, "confirm-email");
  const code = randomCode();
  const codeId = await insertCode(ctx.db, {
    userId: account.id,
    purpose: "confirm-email",
    secretHash: codeHash(account, code),
    expiresAt: new Date(ctx.now().getTime() + CODE_LIFE_MS),
  });
  const { email: to, locale, name } = account;
  await queueEmail(ctx, {
    kind: "confirm-code",
    to,
    locale,
    payload: { code, name },
    dedupeKey: `confirm-code:${codeId}`,
  });
}

async function tellOwner(ctx: AnonymousCtx, email: string): Promise<void> {
  const owner = await findAccountByEmail(ctx, email);
  if (owner?.status !== "active") return;
  const { appUrl } = env();
  await queueEmail(ctx, {
    kind: "known-address",
    to: email,
    locale: owner.locale,
    payload: { name: owner.name, loginUrl: `${appUrl}/login`, resetUrl: `${appUrl}/forgot` },
    dedupeKey: `known-address:${ctx.requestId}`,
  });
  await audit(ctx, { operation: "users.registration-repeated", targetKind: "user", targetId: owner.id });
}

function codeHash(account: Account, code: string): string {
  return keyedHash("confirm-email", `${account.id}:${code}`);
}

function firstWorkspaceName(locale: Locale): string {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "workspaces" })("firstName");
}

function codeInvalid(): AppError {
  return new AppError("CODE_INVALID", "This code is not valid. Check it or ask for a new one.");
}

function registrationClosed(): AppError {
  return new AppError("REGISTRATION_CLOSED", "Registration is by invitation only, or closed.");
}
