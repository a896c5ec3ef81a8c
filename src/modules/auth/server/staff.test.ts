import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { auditedOperations } from "@/modules/audit/testing";
import { updateAccount } from "@/modules/users/server/repository";
import { givenUser } from "@/modules/users/testing";
import { findAccountByEmail } from "@/modules/users/server/accounts";
import { listMemberships } from "@/modules/workspaces/server/access";
import { makeCtx } from "@/server/testing";
import { givenPasswordUser, givenSession } from "../testing";
import { checkResetLink, resetPassword } from "./password-reset";
import { findLiveSession } from "./session-repository";
import { signIn } from "./sign-in";
import { appointStaff } from "./staff";

const db = testDb();
const ctx = makeCtx(db, { kind: "system", job: "cli.admin:create" });
const visitor = makeCtx(db, { kind: "anonymous" });
const password = "correct horse 1";
const freshEmail = () => `staff-${newId()}@example.com`;
const tokenOf = (url: string | null) => url?.split("/").at(-1) ?? "";

describe("appointing staff", () => {
  it("makes a confirmed account with a workspace that can sign in", async () => {
    const email = freshEmail();
    expect(await appointStaff(ctx, { email, password })).toEqual({ outcome: "created", invitationUrl: null });
    const { userId } = await signIn(visitor, { email, password });
    expect(await findAccountByEmail(ctx, email)).toMatchObject({ role: "admin", status: "active" });
    expect(await listMemberships(db, userId)).toHaveLength(1);
    expect(await auditedOperations(db, userId)).toContain("users.registered");
  });

  it("twice is one account, and the second time changes nothing", async () => {
    const email = freshEmail();
    await appointStaff(ctx, { email, password });
    expect(await appointStaff(ctx, { email, password })).toEqual({ outcome: "unchanged", invitationUrl: null });
    expect(await appointStaff(ctx, { email, password: null })).toEqual({ outcome: "unchanged", invitationUrl: null });
  });

  it("at the same moment is one account", async () => {
    const email = freshEmail();
    const outcomes = await Promise.all([1, 2].map(() => appointStaff(ctx, { email, password })));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["created", "unchanged"]);
  });

  it("without a password gives a link that chooses one, once", async () => {
    const email = freshEmail();
    const { invitationUrl } = await appointStaff(ctx, { email, password: null });
    const token = tokenOf(invitationUrl);
    expect(await checkResetLink(visitor, { token })).toEqual({ isValid: true });
    await resetPassword(visitor, { token, password });
    await signIn(visitor, { email, password });
    await expect(resetPassword(visitor, { token, password })).rejects.toMatchObject({ code: "LINK_EXPIRED" });
  });

  it("promotes an account and lets its owner keep the password", async () => {
    const user = await givenPasswordUser(db, password);
    expect(await appointStaff(ctx, { email: user.email, password: null })).toEqual({
      outcome: "promoted",
      invitationUrl: null,
    });
    await signIn(visitor, { email: user.email, password });
    expect(await auditedOperations(db, user.id)).toContain("users.role-set");
  });

  it("with another password ends every sign-in of the account", async () => {
    const user = await givenPasswordUser(db, password);
    const { sessionId } = await givenSession(db, user);
    await appointStaff(ctx, { email: user.email, password: "another horse 2" });
    expect(await findLiveSession(db, sessionId, new Date())).toBeNull();
    await signIn(visitor, { email: user.email, password: "another horse 2" });
  });

  it("leaves nothing to somebody who registered the address without proving it", async () => {
    const squatter = await givenPasswordUser(db, password, { confirmedAt: null });
    const { invitationUrl } = await appointStaff(ctx, { email: squatter.email, password: null });
    expect(invitationUrl).not.toBeNull();
    await expect(signIn(visitor, { email: squatter.email, password })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("refuses an account that is blocked", async () => {
    const user = await givenUser(db);
    await updateAccount(db, user.id, { status: "blocked" } as never);
    await expect(appointStaff(ctx, { email: user.email, password })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
