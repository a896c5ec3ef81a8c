import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HandoffAudience } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";

/** What a letter about an episode says; undefined once it does not wait any more. */
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
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.id, sessionId),
        // The dialog may wait again, in an episode with letters of its own.
        isNull(handoffSessions.endedAt),
      ),
    );
  return row;
}

type Wanted = { tell: readonly HandoffAudience[]; extraEmails: readonly string[]; dialogId: string };

/**
 * Whom a letter goes to, each address once. Somebody who left the team is not told; when nobody else is left, the owners are.
 * `key` tells the recipients apart.
 */
export async function listRecipients(db: Db, workspaceId: WorkspaceId, { tell, extraEmails, dialogId }: Wanted) {
  if (tell.length === 0) return [];
  const team = await db
    .select({
      key: users.id,
      email: users.email,
      locale: users.locale,
      role: workspaceMembers.role,
      isHolder: sql<boolean>`coalesce(${users.id} = (select s.taken_by from handoff_sessions s
        where s.dialog_id = ${dialogId}::uuid and s.workspace_id = ${workspaceId}::uuid and s.taken_by is not null
        order by s.created_at desc limit 1), false)`,
    })
    .from(workspaceMembers)
    .innerJoin(users, and(eq(users.id, workspaceMembers.userId), eq(users.status, "active")))
    .where(eq(workspaceMembers.workspaceId, workspaceId))
    .orderBy(asc(users.id));
  const owners = team.filter(({ role }) => role !== "operator");
  const people = team.filter(
    ({ role, isHolder }) =>
      tell.includes("team") ||
      (tell.includes("owners") && role !== "operator") ||
      (tell.includes("holder") && isHolder),
  );
  const locale = owners.find(({ role }) => role === "owner")?.locale ?? "en";
  const extra = tell.includes("extra") ? extraEmails.map((email) => ({ key: email, email, locale })) : [];
  const known = new Set(people.map(({ email }) => email));
  const all = [...people, ...extra.filter(({ email }) => !known.has(email))];
  return (all.length > 0 ? all : owners).map(({ key, email, locale }) => ({ key, email, locale }));
}
