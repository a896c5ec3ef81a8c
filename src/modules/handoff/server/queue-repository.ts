import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import type { WorkspaceId } from "@/lib/brand";

const columns = {
  dialogId: dialogs.id,
  channel: dialogs.channel,
  assistantName: assistants.name,
  visitorName: dialogs.visitorName,
  lastMessage: dialogs.lastMessage,
  unreadCount: dialogs.unreadCount,
  reason: handoffSessions.reason,
  requestedAt: handoffSessions.requestedAt,
};

const open = (workspaceId: WorkspaceId) =>
  and(eq(handoffSessions.workspaceId, workspaceId), isNull(handoffSessions.endedAt));

/** The waiting dialogs of a workspace, longest wait first. */
export async function listWaiting(
  db: Db,
  workspaceId: WorkspaceId,
  page: { after?: { at: Date; id: string }; limit: number },
) {
  return db
    .select({ ...columns, sessionId: handoffSessions.id, rung: handoffSessions.rung })
    .from(handoffSessions)
    .innerJoin(dialogs, and(eq(dialogs.id, handoffSessions.dialogId), eq(dialogs.handoffStatus, "requested")))
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(
      and(
        open(workspaceId),
        page.after &&
          sql`(${handoffSessions.requestedAt}, ${handoffSessions.id}) > (${page.after.at.toISOString()}::timestamptz, ${page.after.id}::uuid)`,
      ),
    )
    .orderBy(asc(handoffSessions.requestedAt), asc(handoffSessions.id))
    .limit(page.limit);
}

/** The dialogs that a person has, longest first. */
export async function listHeld(db: Db, workspaceId: WorkspaceId, userId: string) {
  return db
    .select({ ...columns, takenAt: handoffSessions.takenAt, lastMessageAt: dialogs.lastMessageAt })
    .from(handoffSessions)
    .innerJoin(dialogs, and(eq(dialogs.id, handoffSessions.dialogId), eq(dialogs.handoffStatus, "active")))
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(and(open(workspaceId), eq(handoffSessions.takenBy, userId)))
    .orderBy(asc(handoffSessions.takenAt), asc(handoffSessions.id));
}

export async function countHandoffs(db: Db, workspaceId: WorkspaceId, userId: string) {
  const [row] = await db
    .select({
      waiting: sql<number>`count(*) filter (where ${dialogs.handoffStatus} = 'requested')::int`,
      mine: sql<number>`count(*) filter (where ${dialogs.handoffStatus} = 'active' and ${handoffSessions.takenBy} = ${userId})::int`,
      oldestRequestedAt: sql<
        string | null
      >`min(${handoffSessions.requestedAt}) filter (where ${dialogs.handoffStatus} = 'requested')`,
    })
    .from(handoffSessions)
    .innerJoin(dialogs, eq(dialogs.id, handoffSessions.dialogId))
    .where(open(workspaceId));
  return row ?? { waiting: 0, mine: 0, oldestRequestedAt: null };
}
