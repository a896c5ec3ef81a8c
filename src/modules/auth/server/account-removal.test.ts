import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { findAccountByEmail, findAccountById } from "@/modules/users/server/accounts";
import { givenUser } from "@/modules/users/testing";
import { listMemberships } from "@/modules/workspaces/server/access";
import { listMembers, transferOwnership } from "@/modules/workspaces/server/members";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { givenPasswordUser, givenSession } from "../testing";
import { removeOwnAccount } from "./account-removal";
import { findLinkedUserId, insertLink } from "./external-repository";
import { findLiveSession } from "./session-repository";

const db = testDb();
const refusal = (code: string, reason?: string) =>
  expect.objectContaining({ code, ...(reason ? { facts: expect.objectContaining({ reason }) } : {}) });

describe("deleting the own account", () => {
  it("keeps nothing personal, ends every sign-in and membership, and frees the address", async () => {
    const { workspace, ctx: owner } = await givenWorkspace(db);
    const user = await givenPasswordUser(db, "correct horse 1", { name: "Анна" });
    await givenMember(db, workspace.id, { user });
    const key = { provider: "google", providerAccountId: user.id } as const;
    await insertLink(db, user.id, key);
    const { ctx, sessionId } = await givenSession(db, user);
    await removeOwnAccount(ctx, { email: user.email });
    const left = await findAccountById(ctx, user.id);
    expect(left).toMatchObject({ status: "deleted", name: "", passwordHash: null });
    expect(left?.email).not.toContain("person");
    expect(await findLiveSession(db, sessionId, new Date())).toBeNull();
    expect(await findLinkedUserId(db, key)).toBeNull();
    expect((await listMembers(owner)).items.map(({ userId }) => userId)).not.toContain(user.id);
    expect(await auditedOperations(db, user.id)).toContain("users.removed");
    expect(await findAccountByEmail(ctx, user.email)).toBeNull();
    await givenUser(db, { email: user.email });
  });

  it("refuses the only owner of a workspace until it is handed over", async () => {
    const { ctx: owner, user, workspace } = await givenWorkspace(db, { name: "Tea" });
    const { user: heir } = await givenMember(db, workspace.id);
    const { ctx } = await givenSession(db, user);
    await expect(removeOwnAccount(ctx, { email: user.email })).rejects.toEqual(refusal("CONFLICT", "sole-owner"));
    expect(await listMemberships(db, user.id)).toHaveLength(1);
    await transferOwnership(owner, { userId: heir.id });
    await expect(removeOwnAccount(ctx, { email: user.email })).resolves.toEqual({ ok: true });
  });

  it("leaves one owner when two delete their accounts at the same moment", async () => {
    const { user, workspace } = await givenWorkspace(db);
    const { user: second } = await givenMember(db, workspace.id, { memberRole: "owner" });
    const leave = async (who: typeof user) => removeOwnAccount((await givenSession(db, who)).ctx, { email: who.email });
    const outcomes = await Promise.allSettled([leave(user), leave(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("needs the address typed exactly, and never takes staff away", async () => {
    const user = await givenUser(db);
    const { ctx } = await givenSession(db, user);
    await expect(removeOwnAccount(ctx, { email: "other@example.com" })).rejects.toEqual(refusal("VALIDATION"));
    const staff = await givenUser(db, { role: "admin" });
    const { ctx: staffCtx } = await givenSession(db, staff);
    await expect(removeOwnAccount(staffCtx, { email: staff.email })).rejects.toEqual(refusal("CONFLICT", "staff"));
    expect(await findAccountByEmail(ctx, staff.email)).toMatchObject({ status: "active" });
  });
});
