import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { ledgerTransactions, wallets } from "@/db/schema/balance";
import { users } from "@/db/schema/users";
import { workspaces } from "@/db/schema/workspaces";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { adjustBalance, grantWelcomeBonus } from "@/modules/balance/server/service";
import { findAccountById } from "@/modules/users/server/accounts";
import type { Account } from "@/modules/users/server/repository";
import { givenUser } from "@/modules/users/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { makeCtx } from "@/server/testing";
import { findUnusedAccounts, removeUnusedAccount } from "./service";

const db = testDb();
const ctx = makeCtx(db, { kind: "system", job: "cli.users:cleanup" });
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const before = daysAgo(90);

/** Makes it so that the person was last seen that long ago. */
async function age(user: Account, days: number): Promise<Account> {
  const at = daysAgo(days);
  const seen = { createdAt: at, confirmedAt: user.confirmedAt && at, lastActivityAt: user.confirmedAt && at };
  await db.update(users).set(seen).where(eq(users.id, user.id));
  return user;
}

const isListed = async (user: Account) =>
  (await findUnusedAccounts(ctx, before)).some(({ userId }) => userId === user.id);
const entryOf = async (user: Account) => {
  const found = (await findUnusedAccounts(ctx, before)).find(({ userId }) => userId === user.id);
  if (!found) throw new Error("The account is not among the unused ones.");
  return found;
};

async function givenOldOwner() {
  const world = await givenWorkspace(db, { fundsMicros: 0 });
  await age(world.user, 100);
  return world;
}

describe("unused accounts", () => {
  it("are those never confirmed and those without a sign of life, old enough", async () => {
    const unconfirmed = await age(await givenUser(db, { confirmedAt: null }), 91);
    const inactive = await age(await givenUser(db), 91);
    const young = await age(await givenUser(db, { confirmedAt: null }), 89);
    const active = await givenUser(db);
    expect(await Promise.all([unconfirmed, inactive, young, active].map(isListed))).toEqual([true, true, false, false]);
    expect((await entryOf(unconfirmed)).isConfirmed).toBe(false);
  });

  it("are never staff, and never owners of anything but an empty workspace", async () => {
    const staff = await age(await givenUser(db, { role: "admin" }), 400);
    const builder = await givenOldOwner();
    await givenAssistant(builder.ctx);
    const boss = await givenOldOwner();
    await givenMember(db, boss.workspace.id);
    expect(await Promise.all([staff, builder.user, boss.user].map(isListed))).toEqual([false, false, false]);
  });

  it("are never owners of money, which an untouched welcome bonus is not", async () => {
    const [empty, welcomed, rich, spent] = await Promise.all([1, 2, 3, 4].map(givenOldOwner));
    if (!empty || !welcomed || !rich || !spent) throw new Error("Four were asked for.");
    for (const { workspace, user } of [welcomed, rich])
      await grantWelcomeBonus(ctx, { workspaceId: workspace.id, ownerId: user.id });
    const adjust = (workspaceId: string, amountMicros: number) =>
      adjustBalance(ctx, { workspaceId, amountMicros, reason: "test", idempotencyKey: newId() });
    await adjust(rich.workspace.id, 1);
    await adjust(spent.workspace.id, 1_000_000);
    await adjust(spent.workspace.id, -1_000_000);
    const listed = await Promise.all([empty, welcomed, rich, spent].map(({ user }) => isListed(user)));
    expect(listed).toEqual([true, true, false, false]);
  });

  it("go with their empty workspace and leave the money's rows as they were", async () => {
    const { user, workspace } = await givenOldOwner();
    await grantWelcomeBonus(ctx, { workspaceId: workspace.id, ownerId: user.id });
    const money = () =>
      Promise.all([
        db.select().from(ledgerTransactions).where(eq(ledgerTransactions.workspaceId, workspace.id)),
        db.select().from(wallets).where(eq(wallets.workspaceId, workspace.id)),
      ]);
    const moneyBefore = await money();
    expect(await removeUnusedAccount(ctx, await entryOf(user), before)).toBe(true);
    expect(await findAccountById(ctx, user.id)).toMatchObject({ status: "deleted", name: "" });
    const [closed] = await db.select().from(workspaces).where(eq(workspaces.id, workspace.id));
    expect(closed?.deletedAt).not.toBeNull();
    expect(await money()).toEqual(moneyBefore);
  });

  it("stay when they came back after they were listed", async () => {
    const { user } = await givenOldOwner();
    const listed = await entryOf(user);
    await db.update(users).set({ lastActivityAt: new Date() }).where(eq(users.id, user.id));
    expect(await removeUnusedAccount(ctx, listed, before)).toBe(false);
    expect(await findAccountById(ctx, user.id)).toMatchObject({ status: "active", email: user.email });
  });

  it("are removed once by two clean-ups at the same moment", async () => {
    const { user } = await givenOldOwner();
    const listed = await entryOf(user);
    const outcomes = await Promise.all([1, 2].map(() => removeUnusedAccount(ctx, listed, before)));
    expect(outcomes.sort()).toEqual([false, true]);
  });
});
