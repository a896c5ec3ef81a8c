import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { createViewInput } from "@/modules/handoff/inbox/contract";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { createView, listViews, removeView, renameView } from "./views";

const db = testDb();
const late = { name: "Late in Telegram", filter: { in: "queue", channel: "telegram", wait: "over" } };

describe("a kept view", () => {
  it("is there with its filter until its person renames or removes it", async () => {
    const { ctx } = await givenWorkspace(db);
    const view = await createView(ctx, late);
    expect((await listViews(ctx)).items).toEqual([{ id: view.id, ...late }]);
    await renameView(ctx, { id: view.id, name: "Поздно" });
    expect((await listViews(ctx)).items[0]?.name).toBe("Поздно");
    await removeView(ctx, { id: view.id });
    expect((await listViews(ctx)).items).toEqual([]);
  });

  it("belongs to its person in its workspace alone", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ctx: ann } = await givenMember(db, ctx.workspaceId, { memberRole: "owner" });
    const { ctx: other } = await givenWorkspace(db);
    const { id } = await createView(ctx, late);
    for (const stranger of [ann, other]) {
      expect((await listViews(stranger)).items).toEqual([]);
      await expect(renameView(stranger, { id, name: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(removeView(stranger, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect((await listViews(ctx)).items).toHaveLength(1);
  });

  it("is one of twenty at most, also when two are made at once", async () => {
    const { ctx } = await givenWorkspace(db);
    for (let made = 1; made < inboxLimits.viewsPerPerson; made += 1) await createView(ctx, late);
    const twins = await Promise.allSettled([createView(ctx, late), createView(ctx, late)]);
    expect(twins.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(createView(ctx, late)).rejects.toMatchObject({ facts: { reason: "too-many-views" } });
    expect((await listViews(ctx)).items).toHaveLength(inboxLimits.viewsPerPerson);
  });

  it.each(["", "   ", "x".repeat(61)])("is not called “%s”", (name) => {
    expect(createViewInput.safeParse({ ...late, name }).success).toBe(false);
  });

  it.each([
    ["more than any page asks", Object.fromEntries([..."abcdefghijklmnopqrstu"].map((key) => [key, "v"]))],
    ["what the database cannot keep", { "a\u0000": "b" }],
    ["no name", { "": "b" }],
  ])("keeps no filter with %s", (_, filter) => {
    expect(createViewInput.safeParse({ ...late, filter }).success).toBe(false);
  });
});
