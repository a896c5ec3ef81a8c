import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenUser, personCtx } from "@/modules/users/testing";
import { enterWorkspace } from "@/modules/workspaces/server/access";
import * as invitations from "@/modules/workspaces/server/invitations/service";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { makeCtx } from "@/server/testing";
import { lettersTo, newestLetterValue } from "../testing";
import { mailInvitation } from "./jobs";

const db = testDb();
const refusal = (code: string) => expect.objectContaining({ code });
const freshEmail = () => `guest-${newId()}@example.com`;

async function tokenMailedTo(email: string): Promise<string> {
  return (await newestLetterValue(db, email, "invitation", "url")).split("/").at(-1) ?? "";
}

async function given(role: "admin" | "operator" = "operator") {
  const { ctx, workspace } = await givenWorkspace(db);
  const email = freshEmail();
  const invitation = await invitations.invite(ctx, { email, role });
  await mailPending(invitation.id);
  return { ctx, workspace, email, invitation, token: await tokenMailedTo(email) };
}

async function mailPending(invitationId: string) {
  for (const payload of await pendingPayloads(db, mailInvitation, { invitationId })) {
    await mailInvitation.run(jobCtx(db, mailInvitation), payload);
  }
}

describe("an invitation", () => {
  it("is mailed with a link that brings its recipient into the workspace, once", async () => {
    const { workspace, email, token } = await given();
    const ctx = personCtx(db, await givenUser(db, { email }));
    expect(await invitations.acceptInvite(ctx, { token })).toEqual({ slug: workspace.slug });
    expect((await enterWorkspace(ctx, workspace.slug)).actor.memberRole).toBe("operator");
    await expect(invitations.acceptInvite(ctx, { token })).rejects.toEqual(refusal("LINK_EXPIRED"));
  });

  it("is accepted once when the link is opened twice at the same moment", async () => {
    const { email, token } = await given();
    const ctx = personCtx(db, await givenUser(db, { email }));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => invitations.acceptInvite(ctx, { token })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  it("is for the invited address only", async () => {
    const { token } = await given();
    const other = personCtx(db, await givenUser(db));
    await expect(invitations.acceptInvite(other, { token })).rejects.toEqual(refusal("FORBIDDEN"));
  });

  it("tells the holder of the link who invites, and an invented link nothing", async () => {
    const { email, token } = await given("admin");
    const ctx = makeCtx(db, { kind: "anonymous" });
    expect(await invitations.getInvitation(ctx, { token })).toEqual({
      workspaceName: "Acme",
      inviterName: "Anna",
      email,
      role: "admin",
    });
    await expect(invitations.getInvitation(ctx, { token: "invented" })).rejects.toEqual(refusal("LINK_EXPIRED"));
  });

  it("dies when it is revoked, replaced or older than seven days", async () => {
    const revoked = await given();
    await invitations.revokeInvite(revoked.ctx, { id: revoked.invitation.id });
    const replaced = await given();
    await invitations.invite(replaced.ctx, { email: replaced.email, role: "admin" });
    const old = await given();
    const nextWeek = { now: () => new Date(Date.now() + 7 * 86_400_000 + 1000) };
    const ctx = makeCtx(db, { kind: "anonymous" });
    await expect(invitations.getInvitation(ctx, revoked)).rejects.toEqual(refusal("LINK_EXPIRED"));
    await expect(invitations.getInvitation(ctx, replaced)).rejects.toEqual(refusal("LINK_EXPIRED"));
    await expect(invitations.getInvitation({ ...ctx, ...nextWeek }, old)).rejects.toEqual(refusal("LINK_EXPIRED"));
  });

  it("can be sent again, which writes a second letter with a living link", async () => {
    const { ctx, email, invitation } = await given();
    await invitations.resendInvite(ctx, { id: invitation.id });
    await mailPending(invitation.id);
    expect((await lettersTo(db, email)).map((letter) => letter.kind)).toEqual(["invitation", "invitation"]);
    await expect(invitations.getInvitation(ctx, { token: await tokenMailedTo(email) })).resolves.toMatchObject({
      email,
    });
  });

  it("writes one letter however often its job runs", async () => {
    const { email, invitation } = await given();
    const payloads = await pendingPayloads(db, mailInvitation, { invitationId: invitation.id });
    for (const payload of payloads) await mailInvitation.run(jobCtx(db, mailInvitation), payload);
    expect(await lettersTo(db, email)).toHaveLength(1);
  });

  it("goes up to the inviter's own role, and not to members", async () => {
    const { workspace, user } = await givenWorkspace(db);
    const { ctx: admin } = await givenMember(db, workspace.id, { memberRole: "admin" });
    await expect(invitations.invite(admin, { email: freshEmail(), role: "owner" })).rejects.toEqual(
      refusal("FORBIDDEN"),
    );
    await expect(invitations.invite(admin, { email: user.email, role: "admin" })).rejects.toEqual(refusal("CONFLICT"));
  });

  it("of another workspace does not exist", async () => {
    const { invitation } = await given();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(invitations.revokeInvite(stranger, { id: invitation.id })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(invitations.resendInvite(stranger, { id: invitation.id })).rejects.toEqual(refusal("NOT_FOUND"));
    expect((await invitations.listInvitations(stranger)).items).toEqual([]);
  });
});
