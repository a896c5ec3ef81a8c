import type { UserId, WorkspaceId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { Ctx, MemberCtx, WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { workspaceRemoved } from "../events";
import {
  countOwners,
  deleteMemberships,
  findMember,
  findWorkspace,
  listMemberships,
  lockWorkspace,
  markRemoved,
} from "./repository";

/**
 * Closes the workspace for everybody with the commit; jobs stop its bots and remove its knowledge, its money rows stay.
 * Refuses: VALIDATION when the name was typed wrong, FORBIDDEN to all but owners, NOT_FOUND when it is closed already.
 */
export async function removeWorkspace(ctx: MemberCtx, { name }: { name: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (ctx) => {
    await lockWorkspace(ctx.db, ctx.workspaceId);
    const [self, workspace] = [
      await findMember(ctx.db, ctx.workspaceId, ctx.actor.userId),
      await findWorkspace(ctx.db, ctx.workspaceId),
    ];
    if (!self || !workspace) throw notFound("Workspace");
    if (self.role !== "owner") throw new AppError("FORBIDDEN", "Only an owner can delete the workspace.");
    if (workspace.name.trim() !== name.normalize("NFC")) {
      throw new AppError("VALIDATION", "The name of the workspace was typed differently.", {
        fieldErrors: { name: ["different"] },
      });
    }
    if (!(await closeWorkspace(ctx))) throw notFound("Workspace");
    return { ok: true };
  });
}

/**
 * Ends every membership of a person in the caller's transaction. A workspace that would be left without an owner refuses
 * with CONFLICT and its name; `mayClose` lets such a workspace be closed instead.
 */
export async function leaveEverything(
  ctx: Ctx,
  userId: UserId,
  { mayClose = false }: { mayClose?: boolean } = {},
): Promise<void> {
  const memberships = await listMemberships(ctx.db, userId);
  // A fixed order keeps two people who leave the same workspaces from waiting for each other.
  for (const { id, name, role } of memberships.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    // The person's own membership was just read, which is what mints a WorkspaceId.
    const tenant = { ...ctx, workspaceId: id as WorkspaceId };
    await lockWorkspace(ctx.db, tenant.workspaceId);
    const isLastOwner = role === "owner" && (await countOwners(ctx.db, tenant.workspaceId)) <= 1;
    if (isLastOwner && !mayClose) {
      throw new AppError("CONFLICT", "Hand over or delete the workspaces that only you own first.", {
        facts: { reason: "sole-owner", workspaceName: name },
      });
    }
    if (isLastOwner) await closeWorkspace(tenant);
    else await publish(tenant, { type: "member.changed", ids: { userId } });
    await audit(tenant, { operation: "members.left", targetKind: "user", targetId: userId, detail: { role } });
  }
  await deleteMemberships(ctx.db, userId);
}

async function closeWorkspace(ctx: WorkspaceCtx): Promise<boolean> {
  if (!(await markRemoved(ctx.db, ctx.workspaceId, ctx.now()))) return false;
  await audit(ctx, { operation: "workspaces.removed", targetKind: "workspace", targetId: ctx.workspaceId });
  await enqueue(ctx, workspaceRemoved, { workspaceId: ctx.workspaceId });
  await publish(ctx, { type: "member.changed", ids: {} });
  return true;
}
