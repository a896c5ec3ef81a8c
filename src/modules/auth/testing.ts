import type { Db } from "@/db/client";
import { audit } from "@/modules/audit/server/service";
import { insertAccount, type Account, type NewAccount } from "@/modules/users/server/repository";
import { givenFunds } from "@/modules/balance/testing";
import { givenUser, personOf } from "@/modules/users/testing";
import { foundWorkspace } from "@/modules/workspaces/server/service";
import { memberCtxOf } from "@/modules/workspaces/testing";
import type { Ctx, MemberCtx } from "@/server/context";
import { makeCtx } from "@/server/testing";
import { hashPassword } from "./server/passwords";
import { sessionCookie } from "./server/session-cookie";
import { insertSession } from "./server/session-repository";

/** A confirmed person who can sign in with this password. */
export async function givenPasswordUser(
  db: Db,
  password: string,
  overrides: Partial<NewAccount> = {},
): Promise<Account> {
  return givenUser(db, { passwordHash: await hashPassword(password), ...overrides });
}

/** A live session of a person: its context, and the cookie that a browser would send. */
export async function givenSession(db: Db, user: Account) {
  const sessionId = await insertSession(db, { userId: user.id, userAgent: "test", address: "127.0.0.1" }, new Date());
  const setCookie = await sessionCookie({ sessionId, userId: user.id });
  return { sessionId, ctx: makeCtx(db, personOf(user, sessionId)), cookie: setCookie.split(";")[0] ?? "" };
}

export const DEMO_WORKSPACE = { name: "Demo", locale: "en", fundsMicros: 200_000_000_000 } as const;

/**
 * The people of a fresh installation: one person who is staff and owns the demo workspace, because nobody else could
 * read the outbox that keeps the confirmation codes while no mail service is configured. In the caller's transaction.
 */
export async function seedDemoPeople(ctx: Ctx, demo: { email: string; password: string }): Promise<MemberCtx> {
  const passwordHash = await hashPassword(demo.password);
  const fields = {
    email: demo.email,
    name: "Demo",
    locale: DEMO_WORKSPACE.locale,
    passwordHash,
    confirmedAt: ctx.now(),
  };
  const account = await insertAccount(ctx.db, { ...fields, role: "admin" });
  if (!account) throw new Error("The demo account exists already.");
  await audit(ctx, {
    operation: "users.registered",
    targetKind: "user",
    targetId: account.id,
    detail: { isDemo: true },
  });
  const workspace = await foundWorkspace(ctx, account.id, DEMO_WORKSPACE.name);
  await givenFunds(ctx.db, workspace.id, DEMO_WORKSPACE.fundsMicros);
  return memberCtxOf(ctx.db, account, workspace.slug);
}
