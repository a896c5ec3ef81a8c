import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { MemberCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import type { MemberSummary, SetRoleInput } from "../contract";
import { mayGrantRole, mayManageMember } from "../policy";
import {
  countOwners,
  deleteMember,
  findMember,
  listMembers as selectMembers,
  lockWorkspace,
  updateMemberRole,
} from "./repository";

export async function listMembers(ctx: MemberCtx): Promise<{ items: MemberSummary[]; nextCursor: null }> {
  return { items: await selectMembers(ctx.db, ctx.workspaceId), nextCursor: null };
}

/** Gives a member another role. Refuses: FORBIDDEN for members or roles above the own, CONFLICT for the last owner. */
export async function setRole(ctx: MemberCtx, { userId, role }: SetRoleInput): Promise<MemberSummary> {
  return changingRoles(ctx, async (ctx, actorRole) => {
    const member = await requireMember(ctx, userId);
    if (!mayManageMember(actorRole, member.role) || !mayGrantRole(actorRole, role)) throw aboveOwnRole();
    if (member.role === "owner" && role !== "owner") await assertAnotherOwner(ctx);
    await updateMemberRole(ctx.db, ctx.workspaceId, userId, role);
    const detail = { from: member.role, to: role };
    await audit(ctx, { operation: "members.role-set", targetKind: "user", targetId: userId, detail });
    await publish(ctx, { type: "member.changed", ids: { userId } });
    return { ...member, role };
  });
}

/** Removes a member, who is cut off with the next call. Refuses: FORBIDDEN for members at or above an admin, CONFLICT for the last owner. */
export async function removeMember(ctx: MemberCtx, { userId }: { userId: string }): Promise<{ ok: true }> {
  return changingRoles(ctx, async (ctx, actorRole) => {
    const member = await requireMember(ctx, userId);
    const isSelf = userId === ctx.actor.userId;
    if (!isSelf && !mayManageMember(actorRole, member.role)) throw aboveOwnRole();
    await endMembership(ctx, member, isSelf ? "members.left" : "members.removed");
    return { ok: true };
  });
}

/** Ends the own membership. Refuses: CONFLICT for the last owner. */
export async function leaveWorkspace(ctx: MemberCtx): Promise<{ ok: true }> {
  return changingRoles(ctx, async (ctx) => {
    await endMembership(ctx, await requireMember(ctx, ctx.actor.userId), "members.left");
    return { ok: true };
  });
}

/** Makes another member the owner and the caller an admin, in one step. */
export async function transferOwnership(ctx: MemberCtx, { userId }: { userId: string }): Promise<{ ok: true }> {
  return changingRoles(ctx, async (ctx, actorRole) => {
    if (actorRole !== "owner") throw aboveOwnRole();
    await requireMember(ctx, userId);
    if (userId === ctx.actor.userId) {
      throw new AppError("CONFLICT", "You own this workspace already.", { facts: { reason: "own-already" } });
    }
    await updateMemberRole(ctx.db, ctx.workspaceId, userId, "owner");
    await updateMemberRole(ctx.db, ctx.workspaceId, ctx.actor.userId, "admin");
    await audit(ctx, { operation: "workspaces.ownership-transferred", targetKind: "user", targetId: userId });
    await publish(ctx, { type: "member.changed", ids: { userId } });
    return { ok: true };
  });
}

// The role is read again under the lock: the one in the context was proved before a twin could change it.
async function changingRoles<T>(
  ctx: MemberCtx,
  change: (ctx: MemberCtx, actorRole: MemberSummary["role"]) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx, async (ctx) => {
    await lockWorkspace(ctx.db, ctx.workspaceId);
    const self = await findMember(ctx.db, ctx.workspaceId, ctx.actor.userId);
    if (!self) throw notFound("Workspace");
    return change(ctx, self.role);
  });
}

async function endMembership(ctx: MemberCtx, member: MemberSummary, operation: string): Promise<void> {
  if (member.role === "owner") await assertAnotherOwner(ctx);
  await deleteMember(ctx.db, ctx.workspaceId, member.userId);
  await audit(ctx, { operation, targetKind: "user", targetId: member.userId, detail: { role: member.role } });
  await publish(ctx, { type: "member.changed", ids: { userId: member.userId } });
}

async function requireMember(ctx: MemberCtx, userId: string): Promise<MemberSummary> {
  const member = await findMember(ctx.db, ctx.workspaceId, userId);
  if (!member) throw notFound("Member");
  return member;
}

async function assertAnotherOwner(ctx: MemberCtx): Promise<void> {
  if ((await countOwners(ctx.db, ctx.workspaceId)) > 1) return;
  throw new AppError("CONFLICT", "A workspace keeps at least one owner.", { facts: { reason: "last-owner" } });
}

function aboveOwnRole(): AppError {
  return new AppError("FORBIDDEN", "This is above your own role.", { facts: { reason: "above-own-role" } });
}
