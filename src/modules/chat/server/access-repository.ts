import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { MemberRole } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";

export type Membership = { workspaceId: string; slug: string; role: MemberRole };

/** A person's membership in the workspace of an assistant, with whether the assistant is on. */
export async function findByAssistant(db: Db, userId: string, assistantId: string) {
  const [row] = await db
    .select({
      workspaceId: assistants.workspaceId,
      slug: workspaces.slug,
      role: workspaceMembers.role,
      isActive: assistants.isActive,
    })
    .from(assistants)
    .innerJoin(workspaces, and(eq(workspaces.id, assistants.workspaceId), isNull(workspaces.deletedAt)))
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, sql.placeholder("userId"))),
    )
    .where(and(eq(assistants.id, sql.placeholder("assistantId")), isNull(assistants.deletedAt)))
    .prepare("chat_access")
    .execute({ assistantId, userId });
  return row;
}

/** A person's membership in the workspace of a playground dialog whose key begins so. */
export async function findByDialog(
  db: Db,
  userId: string,
  dialogId: string,
  keyPrefix: string,
): Promise<Membership | undefined> {
  const [row] = await db
    .select({ workspaceId: dialogs.workspaceId, slug: workspaces.slug, role: workspaceMembers.role })
    .from(dialogs)
    .innerJoin(workspaces, and(eq(workspaces.id, dialogs.workspaceId), isNull(workspaces.deletedAt)))
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, userId)),
    )
    .where(
      and(
        eq(dialogs.id, dialogId),
        eq(dialogs.channel, "preview"),
        sql`starts_with(${dialogs.visitorKey}, ${keyPrefix})`,
      ),
    );
  return row;
}
