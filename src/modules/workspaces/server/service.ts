import { AppError, notFound } from "@/lib/errors";
import type { UserId, WorkspaceId } from "@/lib/brand";
import { audit } from "@/modules/audit/server/service";
import type { Ctx, MemberCtx, UserCtx, WorkspaceCtx } from "@/server/context";
import { randomToken } from "@/server/crypto";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import type { CreateWorkspaceInput, WorkspaceDetails, WorkspaceSummary } from "../contract";
import { workspaceFounded } from "../events";
import { slugCandidate } from "../rules";
import { findWorkspace, insertMember, insertWorkspace, updateWorkspace } from "./repository";

const MAX_SLUG_ATTEMPTS = 5;

/** Creates a workspace with the caller as its owner. */
export async function createWorkspace(ctx: UserCtx, input: CreateWorkspaceInput): Promise<WorkspaceSummary> {
  return inTransaction(ctx, async (ctx) => {
    const workspace = await foundWorkspace(ctx, ctx.actor.userId, input.name);
    await enqueue(ctx, workspaceFounded, { workspaceId: workspace.id, ownerId: ctx.actor.userId });
    return workspace;
  });
}

/** Founds a workspace for a person in the caller's transaction; confirmation uses it before there is a session. */
export async function foundWorkspace(
  ctx: Ctx,
  ownerId: UserId,
  name: string,
): Promise<WorkspaceSummary & { id: WorkspaceId }> {
  const workspace = await insertWithFreeSlug(ctx, name);
  await insertMember(ctx.db, workspace.id, ownerId, "owner");
  await audit(ctx, {
    operation: "workspaces.created",
    targetKind: "workspace",
    targetId: workspace.id,
    workspaceId: workspace.id,
    detail: { ownerId },
  });
  return { id: workspace.id, slug: workspace.slug, name: workspace.name, role: "owner" };
}

export async function getWorkspace(ctx: MemberCtx): Promise<WorkspaceDetails> {
  const workspace = await findWorkspace(ctx.db, ctx.workspaceId);
  if (!workspace) throw notFound("Workspace");
  return workspace;
}

/** The clock of the workspace, which days and months are told by. Refuses: NOT_FOUND. */
export async function getTimeZone(ctx: WorkspaceCtx): Promise<string> {
  const workspace = await findWorkspace(ctx.db, ctx.workspaceId);
  if (!workspace) throw notFound("Workspace");
  return workspace.timeZone;
}

/** Renames the workspace or moves its clock. Its address stays, so links keep working. */
export async function changeWorkspace(
  ctx: MemberCtx,
  change: { name: string } | { timeZone: string },
): Promise<WorkspaceDetails> {
  return inTransaction(ctx, async (ctx) => {
    const workspace = await updateWorkspace(ctx.db, ctx.workspaceId, change);
    if (!workspace) throw notFound("Workspace");
    const operation = "name" in change ? "workspaces.renamed" : "workspaces.time-zone-set";
    await audit(ctx, { operation, targetKind: "workspace", targetId: ctx.workspaceId, detail: change });
    await publish(ctx, { type: "member.changed", ids: {} });
    return workspace;
  });
}

async function insertWithFreeSlug(ctx: Ctx, name: string) {
  for (let attempt = 0; attempt < MAX_SLUG_ATTEMPTS; attempt += 1) {
    const tail = randomToken()
      .replace(/[^a-z0-9]/g, "")
      .slice(0, 6);
    const workspace = await insertWorkspace(ctx.db, { name, slug: slugCandidate(name, attempt, tail) });
    if (workspace) return workspace;
  }
  throw new AppError("CONFLICT", "No free address was found for this name.", { facts: { reason: "slug-taken" } });
}
