import { afterEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { setLimit } from "@/modules/system/server/settings";
import { personCtx } from "@/modules/users/testing";
import { createWorkspace } from "@/modules/workspaces/server/service";
import { givenUser, givenWorkspace, memberCtxOf } from "@/modules/workspaces/testing";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { accountsOf } from "../testing";
import { welcomeFounderJob } from "./jobs";
import { getWelcome } from "./ledger/service";
import { grantWelcomeBonus } from "./service";

const BONUS = 250_000_000;
const db = testDb();
afterEach(() => setLimit(db, "welcomeBonusMicros", BONUS));

async function givenFounder() {
  const user = await givenUser(db);
  const person = personCtx(db, user);
  const found = async (name: string) => {
    const workspace = await createWorkspace(person, { name });
    const run = async () => {
      const payloads = await pendingPayloads(db, welcomeFounderJob, { workspaceId: workspace.id });
      for (const payload of payloads) await welcomeFounderJob.run(jobCtx(db, welcomeFounderJob), payload);
    };
    const ctx = await memberCtxOf(db, user, workspace.slug);
    return { ctx, run, has: async () => (await accountsOf(db, ctx.workspaceId)).availableMicros };
  };
  return { user, found };
}

describe("the welcome bonus", () => {
  it("comes to the first workspace that a person founds, however often its job runs, and not to the second", async () => {
    const { found } = await givenFounder();
    const [first, second] = [await found("First"), await found("Second")];
    await first.run();
    await first.run();
    await second.run();
    expect([await first.has(), await second.has()]).toEqual([BONUS, 0]);
    expect(await getWelcome(first.ctx)).toEqual({ amountMicros: BONUS, answerMicros: 5_000_000 });
    expect(await getWelcome(second.ctx)).toBeNull();
  });

  it("is news for two weeks", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 0 });
    await grantWelcomeBonus(ctx, { workspaceId: ctx.workspaceId, ownerId: ctx.actor.userId });
    const later = { ...ctx, now: () => new Date(Date.now() + 15 * 86_400_000) };
    expect(await getWelcome(ctx)).not.toBeNull();
    expect(await getWelcome(later)).toBeNull();
  });

  it("is credited once to twenty parallel claims", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 0 });
    const claim = () => grantWelcomeBonus(ctx, { workspaceId: ctx.workspaceId, ownerId: ctx.actor.userId });
    const claims = await Promise.all(Array.from({ length: 20 }, claim));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const { availableMicros, ledger } = await accountsOf(db, ctx.workspaceId);
    expect([availableMicros, ledger.availableMicros, ledger.sumMicros]).toEqual([BONUS, BONUS, 0]);
  });

  it("has the size that staff set, and is off at zero", async () => {
    const { found } = await givenFounder();
    const one = await found("One");
    await setLimit(db, "welcomeBonusMicros", 0);
    await one.run();
    expect(await one.has()).toBe(0);
    await setLimit(db, "welcomeBonusMicros", 7);
    await one.run();
    expect(await one.has()).toBe(7);
    await expect(setLimit(db, "welcomeBonusMicros", -1)).rejects.toThrow();
    await expect(setLimit(db, "welcomeBonusMicros", 0.5)).rejects.toThrow();
  });
});
