import type { UserId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/modules/audit/server/service";
import { getProfile } from "@/modules/users/server/service";
import type { AnonymousCtx, Ctx, MemberCtx, UserCtx } from "@/server/context";
import { sha256 } from "@/server/crypto";
import { enqueue } from "@/server/jobs/define";
import { keyedHash } from "@/server/keyed-hash";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { INVITATION_DAYS, type InvitationFacts, type InvitationSummary, type InviteInput } from "../../contract";
import { memberInvited } from "../../events";
import { mayGrantRole } from "../../policy";
import { findMemberByEmail, insertMember } from "../repository";
import * as repository from "./repository";

const DAY_MS = 86_400_000;

/** Invites an address, in place of an earlier invitation of it. Refuses: FORBIDDEN above the own role, CONFLICT for a member. */
export async function invite(ctx: MemberCtx, input: InviteInput): Promise<InvitationSummary> {
  assertMayGrant(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    if (await findMemberByEmail(ctx.db, ctx.workspaceId, input.email)) {
      throw new AppError("CONFLICT", "This person is a member already.", { facts: { reason: "already-member" } });
    }
    const id = newId();
    const invitation = {
      id,
      ...input,
      tokenHash: sha256(tokenOf(id)),
      invitedBy: ctx.actor.userId,
      expiresAt: expiry(ctx),
    };
    const row = await repository.replacePending(ctx.db, ctx.workspaceId, invitation, ctx.now());
    if (!row)
      throw new AppError("CONFLICT", "Somebody invites this person right now.", {
        facts: { reason: "already-invited" },
      });
    await enqueue(ctx, memberInvited, { invitationId: id, letterId: newId() });
    await audit(ctx, {
      operation: "members.invited",
      targetKind: "invitation",
      targetId: id,
      detail: { role: input.role },
    });
    await publish(ctx, { type: "member.changed", ids: {} });
    return { ...row, state: "open" };
  });
}

export async function listInvitations(ctx: MemberCtx): Promise<{ items: InvitationSummary[]; nextCursor: null }> {
  const rows = await repository.listPending(ctx.db, ctx.workspaceId);
  const items = rows.map((row) => ({
    ...row,
    state: row.expiresAt > ctx.now() ? ("open" as const) : ("expired" as const),
  }));
  return { items, nextCursor: null };
}

/** Mails the same link again and starts its seven days anew. */
export async function resendInvite(ctx: MemberCtx, { id }: { id: string }): Promise<InvitationSummary> {
  return inTransaction(ctx, async (ctx) => {
    const pending = await repository.findPending(ctx.db, ctx.workspaceId, id);
    if (!pending) throw notFound("Invitation");
    assertMayGrant(ctx, pending);
    const row = await repository.extendPending(ctx.db, ctx.workspaceId, id, expiry(ctx));
    if (!row) throw notFound("Invitation");
    await enqueue(ctx, memberInvited, { invitationId: id, letterId: newId() });
    await audit(ctx, { operation: "members.invitation-resent", targetKind: "invitation", targetId: id });
    return { ...row, state: "open" };
  });
}

/** Takes an invitation back; its link is dead at once. */
export async function revokeInvite(ctx: MemberCtx, { id }: { id: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (ctx) => {
    const pending = await repository.findPending(ctx.db, ctx.workspaceId, id);
    if (!pending) throw notFound("Invitation");
    assertMayGrant(ctx, pending);
    await repository.revokePending(ctx.db, ctx.workspaceId, id, ctx.now());
    await audit(ctx, { operation: "members.invitation-revoked", targetKind: "invitation", targetId: id });
    await publish(ctx, { type: "member.changed", ids: {} });
    return { ok: true };
  });
}

/** What the holder of a link is told before signing in. Refuses: LINK_EXPIRED for used, revoked, old and invented links alike. */
export async function getInvitation(ctx: AnonymousCtx, { token }: { token: string }): Promise<InvitationFacts> {
  const { workspaceName, inviterName, email, role } = await requireByToken(ctx, token);
  return { workspaceName, inviterName, email, role };
}

/** Joins the workspace. The signed-in person must own the invited address. Refuses: LINK_EXPIRED, FORBIDDEN. */
export async function acceptInvite(ctx: UserCtx, { token }: { token: string }): Promise<{ slug: string }> {
  return inTransaction(ctx, async (ctx) => {
    const { email } = await getProfile(ctx);
    return joinByInvitation(ctx, token, { userId: ctx.actor.userId, email });
  });
}

/** Uses an invitation up for a person, in the caller's transaction. Refuses: LINK_EXPIRED, FORBIDDEN. */
export async function joinByInvitation(
  ctx: Ctx,
  token: string,
  { userId, email }: { userId: UserId; email: string },
): Promise<{ slug: string }> {
  const { id, workspaceId, role, ...invitation } = await requireByToken(ctx, token);
  if (email !== invitation.email) {
    throw new AppError("FORBIDDEN", "This invitation is for another e-mail address.", {
      facts: { reason: "other-email" },
    });
  }
  if (!(await repository.claimInvitation(ctx.db, workspaceId, id, ctx.now()))) throw linkExpired();
  // Who joined meanwhile in another way keeps the role of then.
  await insertMember(ctx.db, workspaceId, userId, role);
  await audit(ctx, {
    operation: "members.joined",
    targetKind: "user",
    targetId: userId,
    workspaceId,
    detail: { role },
  });
  await publish({ ...ctx, workspaceId }, { type: "member.changed", ids: { userId } });
  return { slug: invitation.workspaceSlug };
}

/** What an invitation's letter says, or null when it is no longer open. The link's secret is derived, never stored. */
export async function findInvitationLetter(ctx: Ctx, invitationId: string) {
  const row = await repository.findForLetter(ctx.db, invitationId);
  return row ? { ...row, token: tokenOf(invitationId) } : null;
}

async function requireByToken(ctx: Ctx, token: string) {
  const row = await repository.findByToken(ctx.db, sha256(token), ctx.now());
  if (!row) throw linkExpired();
  return row;
}

function assertMayGrant(ctx: MemberCtx, { role }: { role: InviteInput["role"] }): void {
  if (mayGrantRole(ctx.actor.memberRole, role)) return;
  throw new AppError("FORBIDDEN", "You can invite up to your own role.", { facts: { reason: "above-own-role" } });
}

function linkExpired(): AppError {
  return new AppError("LINK_EXPIRED", "This invitation is no longer valid.", { facts: { thing: "invitation" } });
}

function tokenOf(invitationId: string): string {
  return keyedHash("workspace-invitation", invitationId);
}

function expiry(ctx: Ctx): Date {
  return new Date(ctx.now().getTime() + INVITATION_DAYS * DAY_MS);
}
