import { and, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import type { Episode } from "@/modules/handoff/conversation/contract";

// More handovers than anybody scrolls through.
const MAX_EPISODES = 200;

export async function dialogExists(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<boolean> {
  const rows = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
  return rows.length > 0;
}

/** The latest talks with people in a dialog, oldest first. */
export async function listEpisodeRows(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<Episode[]> {
  const rows = await db
    .select({
      id: handoffSessions.id,
      reason: handoffSessions.reason,
      beganAt: handoffSessions.createdAt,
      takenAt: handoffSessions.takenAt,
      takenByName: users.name,
      endedAt: handoffSessions.endedAt,
      outcome: handoffSessions.outcome,
    })
    .from(handoffSessions)
    .leftJoin(users, eq(users.id, handoffSessions.takenBy))
    .where(and(eq(handoffSessions.workspaceId, workspaceId), eq(handoffSessions.dialogId, dialogId)))
    .orderBy(desc(handoffSessions.createdAt), desc(handoffSessions.id))
    .limit(MAX_EPISODES);
  return rows.reverse();
}
