import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";

/** What a letter about an episode says; undefined once the dialog does not wait any more. */
export async function findWaiting(db: Db, workspaceId: WorkspaceId, sessionId: string) {
  const [row] = await db
    .select({
      dialogId: dialogs.id,
      visitorName: dialogs.visitorName,
      lastMessage: dialogs.lastMessage,
      assistantName: assistants.name,
      reason: handoffSessions.reason,
      requestedAt: handoffSessions.requestedAt,
      slug: workspaces.slug,
    })
    .from(handoffSessions)
    .innerJoin(dialogs, and(eq(dialogs.id, handoffSessions.dialogId), eq(dialogs.handoffStatus, "requested")))
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .innerJoin(workspaces, eq(workspaces.id, handoffSessions.workspaceId))
    .where(and(eq(handoffSessions.workspaceId, workspaceId), eq(handoffSessions.id, sessionId)));
  return row;
}

/** Everybody who may take a dialog of the workspace. */
export async function listTeam(db: Db, workspaceId: WorkspaceId) {
  return db
    .select({ userId: users.id, email: users.email, locale: users.locale })
    .from(workspaceMembers)
    .innerJoin(users, and(eq(users.id, workspaceMembers.userId), eq(users.status, "active")))
    .where(eq(workspaceMembers.workspaceId, workspaceId));
}
