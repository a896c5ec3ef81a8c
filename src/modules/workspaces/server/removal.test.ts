import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { personCtx } from "@/modules/users/testing";
import { pendingPayloads } from "@/server/jobs/testing";
import { workspaceRemoved } from "../events";
import { givenMember, givenWorkspace } from "../testing";
import { enterWorkspace } from "./access";
import { listMemberships } from "./repository";
import { removeWorkspace } from "./removal";

const db = testDb();
const refusal = (code: string) => expect.objectContaining({ code });
const announced = (workspaceId: string) =>
  pendingPayloads(db, { ...workspaceRemoved, timeoutMs: 1, run: async () => {} }, { workspaceId });

describe("deleting a workspace", () => {
  it("cuts every member off with the commit, tells the jobs, and gives its address free", async () => {
    const { ctx, user, workspace } = await givenWorkspace(db, { name: "Чай & Co" });
    const { user: operator } = await givenMember(db, workspace.id);
    await removeWorkspace(ctx, { name: "Чай & Co" });
    for (const person of [user, operator]) {
      await expect(enterWorkspace(personCtx(db, person), workspace.id)).rejects.toEqual(refusal("NOT_FOUND"));
      expect(await listMemberships(db, person.id)).toEqual([]);
    }
    expect(await announced(workspace.id)).toEqual([{ workspaceId: workspace.id }]);
    expect(await auditedOperations(db, workspace.id)).toContain("workspaces.removed");
    await givenWorkspace(db, { slug: workspace.slug });
  });

  it("needs the name typed exactly, and an owner who still is one", async () => {
    const { ctx, workspace } = await givenWorkspace(db, { name: "Acme" });
    const { ctx: admin } = await givenMember(db, workspace.id, { memberRole: "admin" });
    await expect(removeWorkspace(ctx, { name: "acme" })).rejects.toEqual(refusal("VALIDATION"));
    await expect(removeWorkspace(admin, { name: "Acme" })).rejects.toEqual(refusal("FORBIDDEN"));
    expect(await announced(workspace.id)).toEqual([]);
  });

  it("knows no workspace that the caller is not in", async () => {
    const { ctx } = await givenWorkspace(db);
    const { workspace } = await givenWorkspace(db, { name: "Foreign" });
    const stray = { ...ctx, workspaceId: workspace.id };
    await expect(removeWorkspace(stray, { name: "Foreign" })).rejects.toEqual(refusal("NOT_FOUND"));
  });

  it("happens once when two owners do it at the same moment", async () => {
    const { ctx, workspace } = await givenWorkspace(db, { name: "Acme" });
    const { ctx: second } = await givenMember(db, workspace.id, { memberRole: "owner" });
    const outcomes = await Promise.allSettled([ctx, second].map((owner) => removeWorkspace(owner, { name: "Acme" })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await announced(workspace.id)).toHaveLength(1);
  });
});
