import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { personCtx } from "@/modules/users/testing";
import { givenMember, givenWorkspace } from "../testing";
import { enterWorkspace } from "./access";
import { leaveWorkspace, listMembers, removeMember, setRole, transferOwnership } from "./members";

const db = testDb();
const rolesOf = async (ctx: Parameters<typeof listMembers>[0]) =>
  Object.fromEntries((await listMembers(ctx)).items.map((member) => [member.userId, member.role]));
const refusal = (code: string) => expect.objectContaining({ code });

describe("roles", () => {
  it("lets an owner promote a member and records it", async () => {
    const { ctx, workspace } = await givenWorkspace(db);
    const { user } = await givenMember(db, workspace.id);
    await setRole(ctx, { userId: user.id, role: "admin" });
    expect(await rolesOf(ctx)).toMatchObject({ [user.id]: "admin" });
    expect(await auditedOperations(db, user.id)).toContain("members.role-set");
  });

  it("refuses an admin who would touch an owner, another admin, or make an owner", async () => {
    const { workspace, user: owner } = await givenWorkspace(db);
    const { ctx: admin } = await givenMember(db, workspace.id, { memberRole: "admin" });
    const { user: peer } = await givenMember(db, workspace.id, { memberRole: "admin" });
    const { user: operator } = await givenMember(db, workspace.id);
    await expect(setRole(admin, { userId: owner.id, role: "operator" })).rejects.toEqual(refusal("FORBIDDEN"));
    await expect(removeMember(admin, { userId: peer.id })).rejects.toEqual(refusal("FORBIDDEN"));
    await expect(setRole(admin, { userId: operator.id, role: "owner" })).rejects.toEqual(refusal("FORBIDDEN"));
  });

  it("knows nobody of another workspace", async () => {
    const { ctx } = await givenWorkspace(db);
    const { user: stranger } = await givenWorkspace(db);
    await expect(setRole(ctx, { userId: stranger.id, role: "admin" })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(removeMember(ctx, { userId: stranger.id })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(transferOwnership(ctx, { userId: stranger.id })).rejects.toEqual(refusal("NOT_FOUND"));
  });

  it("keeps one owner when two owners leave at the same moment", async () => {
    const { ctx, workspace } = await givenWorkspace(db);
    const { ctx: second } = await givenMember(db, workspace.id, { memberRole: "owner" });
    const outcomes = await Promise.allSettled([leaveWorkspace(ctx), leaveWorkspace(second)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(Object.values(await rolesOf(ctx))).toEqual(["owner"]);
  });

  it("does not let the last owner step down, leave or be removed", async () => {
    const { ctx, user } = await givenWorkspace(db);
    await expect(setRole(ctx, { userId: user.id, role: "admin" })).rejects.toEqual(refusal("CONFLICT"));
    await expect(removeMember(ctx, { userId: user.id })).rejects.toEqual(refusal("CONFLICT"));
    await expect(leaveWorkspace(ctx)).rejects.toEqual(refusal("CONFLICT"));
  });

  it("hands ownership over in one step, once", async () => {
    const { ctx, user: owner, workspace } = await givenWorkspace(db);
    const { user: first } = await givenMember(db, workspace.id);
    const { user: second } = await givenMember(db, workspace.id);
    const outcomes = await Promise.allSettled([
      transferOwnership(ctx, { userId: first.id }),
      transferOwnership(ctx, { userId: second.id }),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const roles = await rolesOf(ctx);
    expect(roles[owner.id]).toBe("admin");
    expect(Object.values(roles).filter((role) => role === "owner")).toHaveLength(1);
  });

  it("takes no order from an owner who was demoted a moment ago", async () => {
    const { ctx, workspace } = await givenWorkspace(db);
    const { ctx: second, user } = await givenMember(db, workspace.id, { memberRole: "owner" });
    await setRole(ctx, { userId: user.id, role: "operator" });
    await expect(setRole(second, { userId: ctx.actor.userId, role: "operator" })).rejects.toEqual(refusal("FORBIDDEN"));
  });
});

it("cuts a removed member off at once", async () => {
  const { ctx, workspace } = await givenWorkspace(db);
  const { user } = await givenMember(db, workspace.id);
  await expect(enterWorkspace(personCtx(db, user), workspace.id)).resolves.toMatchObject({ workspaceId: workspace.id });
  await removeMember(ctx, { userId: user.id });
  await expect(enterWorkspace(personCtx(db, user), workspace.id)).rejects.toEqual(refusal("NOT_FOUND"));
});
