import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenDialog } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { takeDialog } from "../holding";
import { listMine } from "../queue";
import { handoffState } from "../service";
import { goOffline } from "./leaving";
import { beat, getPresence } from "./service";

const db = testDb();

async function givenBusy(count = 2) {
  const { ctx: anna, workspace } = await givenWorkspace(db);
  const { ctx: ben } = await givenMember(db, workspace.id);
  for (const ctx of [anna, ben]) await beat(ctx, { status: "online", siteCapacity: 5 });
  const dialogIds: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { dialogId } = await givenDialog(anna);
    await takeDialog(anna, { dialogId });
    dialogIds.push(dialogId);
  }
  return { anna, ben, dialogIds };
}

const countMine = async (ctx: MemberCtx) => (await listMine(ctx)).items.length;

describe("going offline", () => {
  it("keeps the dialogs when asked to", async () => {
    const { anna } = await givenBusy();
    expect((await goOffline(anna, { dialogs: "keep" })).status).toBe("offline");
    expect(await countMine(anna)).toBe(2);
  });

  it("returns every dialog to the assistant", async () => {
    const { anna, dialogIds } = await givenBusy();
    await goOffline(anna, { dialogs: "return" });
    const states = await Promise.all(dialogIds.map((id) => handoffState(anna, id)));
    expect(states.map(({ status }) => status)).toEqual(["none", "none"]);
    expect(await getPresence(anna)).toMatchObject({ chosen: "offline", status: "offline", load: { site: 0 } });
  });

  it("hands every dialog to the chosen colleague", async () => {
    const { anna, ben } = await givenBusy();
    await goOffline(anna, { dialogs: "hand-over", userId: ben.actor.userId });
    expect([await countMine(anna), await countMine(ben)]).toEqual([0, 2]);
  });

  it("changes nothing when the colleague has no room for all of them", async () => {
    const { anna, ben } = await givenBusy();
    await beat(ben, { siteCapacity: 1 });
    const attempt = goOffline(anna, { dialogs: "hand-over", userId: ben.actor.userId });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT", facts: { reason: "target-full" } });
    expect([await countMine(anna), await countMine(ben)]).toEqual([2, 0]);
    expect((await getPresence(anna)).status).toBe("online");
  });

  it("refuses a colleague who is away, oneself, and a stranger", async () => {
    const { anna, ben } = await givenBusy();
    await beat(ben, { status: "away" });
    const give = (userId: string) => goOffline(anna, { dialogs: "hand-over", userId });
    await expect(give(ben.actor.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(give(anna.actor.userId)).rejects.toMatchObject({ code: "VALIDATION" });
    const stranger = await givenWorkspace(db);
    await expect(give(stranger.ctx.actor.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await countMine(anna)).toBe(2);
  });

  it("lets two leave to each other at the same moment without waiting for ever: one stays with all", async () => {
    const { anna, ben } = await givenBusy(1);
    const outcomes = await Promise.allSettled([
      goOffline(anna, { dialogs: "hand-over", userId: ben.actor.userId }),
      goOffline(ben, { dialogs: "hand-over", userId: anna.actor.userId }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toContain("fulfilled");
    expect((await countMine(anna)) + (await countMine(ben))).toBe(1);
  });
});

describe("the own presence", () => {
  it("is offline for somebody who never was here, and away by itself in a hidden tab", async () => {
    const { ctx } = await givenWorkspace(db);
    expect(await getPresence(ctx)).toMatchObject({ chosen: "offline", status: "offline" });
    await beat(ctx, { isVisible: true });
    expect(await getPresence(ctx)).toMatchObject({ chosen: "online", status: "online" });
    const later: MemberCtx = { ...ctx, now: () => new Date(Date.now() + 20_000) };
    await beat(later, { isVisible: false });
    expect(await getPresence(later)).toMatchObject({ chosen: "online", status: "away" });
    await beat(later, { isVisible: true });
    expect((await getPresence(later)).status).toBe("online");
  });

  it("is offline after ninety seconds of silence, whatever was chosen", async () => {
    const { ctx } = await givenWorkspace(db);
    await beat(ctx, { status: "online" });
    const at = (ms: number): MemberCtx => ({ ...ctx, now: () => new Date(Date.now() + ms) });
    expect((await getPresence(at(80_000))).status).toBe("online");
    expect((await getPresence(at(91_000))).status).toBe("offline");
  });
});
