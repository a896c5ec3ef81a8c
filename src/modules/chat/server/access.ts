import type { WorkspaceId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import type { Ctx, MemberCtx, Person } from "@/server/context";
import { findByAssistant, findByDialog, type Membership } from "./access-repository";

/**
 * The door of the playground: the workspace follows from the assistant, proved by membership in the same query. Refuses:
 * NOT_FOUND for anything of a workspace that the person is not in or did not name; FORBIDDEN for operators.
 */
export async function enterByAssistant(ctx: Ctx<Person>, assistantId: string, requested: string | null) {
  const row = await findByAssistant(ctx.db, ctx.actor.userId, assistantId);
  if (!row || !isRequested(row, requested)) throw notFound("Assistant");
  return { ctx: memberCtx(ctx, row), isActive: row.isActive };
}

/** The same for a preview dialog of the person. Refuses: NOT_FOUND, FORBIDDEN. */
export async function enterByDialog(ctx: Ctx<Person>, dialogId: string, requested: string | null): Promise<MemberCtx> {
  const row = await findByDialog(ctx.db, ctx.actor.userId, dialogId, previewKeyPrefix(ctx.actor.userId));
  if (!row || !isRequested(row, requested)) throw notFound("Dialog");
  return memberCtx(ctx, row);
}

/** How the visitor keys of a person's playground dialogs begin. */
export function previewKeyPrefix(userId: string): string {
  return `user:${userId}:`;
}

const isRequested = (row: Membership, requested: string | null) =>
  requested === null || requested === row.workspaceId || requested === row.slug;

function memberCtx(ctx: Ctx<Person>, { workspaceId, role }: Membership): MemberCtx {
  if (role === "operator") throw new AppError("FORBIDDEN", "Only owners and admins can try an assistant out.");
  ctx.note({ workspaceId });
  const { userId, role: userRole, sessionId } = ctx.actor;
  // Membership was just read from the database, which is what mints a WorkspaceId.
  return {
    ...ctx,
    workspaceId: workspaceId as WorkspaceId,
    actor: { kind: "member", userId, role: userRole, sessionId, memberRole: role },
  };
}
