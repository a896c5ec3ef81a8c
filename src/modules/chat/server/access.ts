import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { MemberRole } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import type { Ctx, MemberCtx, Person } from "@/server/context";

/**
 * The door of the playground: the workspace follows from the assistant, proved by membership in the same query. Refuses:
 * NOT_FOUND for anything of a workspace that the person is not in or did not name; FORBIDDEN for operators.
 */
export async function enterByAssistant(ctx: Ctx<Person>, assistantId: string, requested: string | null) {
  const [row] = await byAssistant(ctx.db).execute({ assistantId, userId: ctx.actor.userId });
  if (!row || !isRequested(row, requested)) throw notFound("Assistant");
  return { ctx: memberCtx(ctx, row), isActive: row.isActive };
}

/** The same for a preview dialog of the person. Refuses: NOT_FOUND, FORBIDDEN. */
export async function enterByDialog(ctx: Ctx<Person>, dialogId: string, requested: string | null): Promise<MemberCtx> {
  const [row] = await ctx.db
    .select({ workspaceId: dialogs.workspaceId, slug: workspaces.slug, role: workspaceMembers.role })
    .from(dialogs)
    .innerJoin(workspaces, and(eq(workspaces.id, dialogs.workspaceId), isNull(workspaces.deletedAt)))
    .innerJoin(workspaceMembers, and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, ctx.actor.userId)))
    .where(and(eq(dialogs.id, dialogId), eq(dialogs.channel, "preview"), ownPreview(ctx.actor.userId)));
  if (!row || !isRequested(row, requested)) throw notFound("Dialog");
  return memberCtx(ctx, row);
}

/** How the visitor keys of a person's playground dialogs begin. */
export function previewKeyPrefix(userId: string): string {
  return `user:${userId}:`;
}

const ownPreview = (userId: string) => sql`starts_with(${dialogs.visitorKey}, ${previewKeyPrefix(userId)})`;

const byAssistant = (db: Db) =>
  db
    .select({ workspaceId: assistants.workspaceId, slug: workspaces.slug, role: workspaceMembers.role, isActive: assistants.isActive })
    .from(assistants)
    .innerJoin(workspaces, and(eq(workspaces.id, assistants.workspaceId), isNull(workspaces.deletedAt)))
    .innerJoin(workspaceMembers, and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, sql.placeholder("userId"))))
    .where(and(eq(assistants.id, sql.placeholder("assistantId")), isNull(assistants.deletedAt)))
    .prepare("chat_access");

type Membership = { workspaceId: string; slug: string; role: MemberRole };

const isRequested = (row: Membership, requested: string | null) => requested === null || requested === row.workspaceId || requested === row.slug;

function memberCtx(ctx: Ctx<Person>, { workspaceId, role }: Membership): MemberCtx {
  if (role === "operator") throw new AppError("FORBIDDEN", "Only owners and admins can try an assistant out.");
  ctx.note({ workspaceId });
  const { userId, role: userRole, sessionId } = ctx.actor;
  // Membership was just read from the database, which is what mints a WorkspaceId.
  return { ...ctx, workspaceId: workspaceId as WorkspaceId, actor: { kind: "member", userId, role: userRole, sessionId, memberRole: role } };
}
