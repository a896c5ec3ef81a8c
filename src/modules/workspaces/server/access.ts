import type { UserId, WorkspaceId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import type { Ctx, MemberCtx, UserCtx } from "@/server/context";
import { listMemberships } from "./repository";

export { listMemberships };

/**
 * The door of a tenant: proves membership and mints the `WorkspaceId`. `requested` is an id or a slug; without it the
 * only membership is taken. Somebody else's workspace is NOT_FOUND; several memberships and no choice are VALIDATION.
 */
export async function enterWorkspace(ctx: UserCtx, requested: string | null): Promise<MemberCtx> {
  const memberships = await listMemberships(ctx.db, ctx.actor.userId);
  const chosen = requested
    ? memberships.find((row) => row.id === requested || row.slug === requested)
    : memberships.length === 1
      ? memberships[0]
      : undefined;
  if (!chosen && !requested && memberships.length > 1) {
    throw new AppError("VALIDATION", "Name the workspace in the x-workspace-id header.");
  }
  if (!chosen) throw notFound("Workspace");
  ctx.note({ workspaceId: chosen.id });
  const { userId, role, sessionId } = ctx.actor;
  return {
    ...ctx,
    // Membership was just read from the database, which is what mints a WorkspaceId.
    workspaceId: chosen.id as WorkspaceId,
    actor: { kind: "member", userId, role, sessionId, memberRole: chosen.role },
  };
}

/** Whether a person is a member of any workspace. */
export async function hasWorkspace(ctx: Ctx, userId: UserId): Promise<boolean> {
  return (await listMemberships(ctx.db, userId)).length > 0;
}
