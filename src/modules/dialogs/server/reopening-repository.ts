import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HandoffStatus } from "@/db/enums";
import { dialogs } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

const ofDialog = (workspaceId: WorkspaceId, id: string) =>
  and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, id));

/** A dialog's end, held until the transaction ends. */
export async function lockEnd(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db
    .select({
      status: dialogs.status,
      endedAt: dialogs.endedAt,
      closedBy: dialogs.closedBy,
      isFollowed: sql<boolean>`exists (select from dialogs d where d.workspace_id = dialogs.workspace_id and d.status = 'open'
        and d.assistant_id = dialogs.assistant_id and d.channel = dialogs.channel and d.visitor_key = dialogs.visitor_key)`,
    })
    .from(dialogs)
    .where(ofDialog(workspaceId, id))
    .for("update");
  return row;
}

/** Opens again the episode that ended together with the dialog. Nobody has it any more who has left the team. */
export async function reviveEpisode(db: Db, workspaceId: WorkspaceId, dialogId: string, endedAt: Date) {
  const [row] = await db.execute<{ taken_by: string | null }>(sql`
    update handoff_sessions s set ended_at = null, outcome = null, taken_by = m.user_id, taken_at = case when m.user_id is null then null else s.taken_at end
    from handoff_sessions old left join workspace_members m on m.workspace_id = old.workspace_id and m.user_id = old.taken_by
    where s.id = old.id and old.workspace_id = ${workspaceId}::uuid and old.dialog_id = ${dialogId}::uuid and old.outcome = 'closed'
      and old.ended_at = ${endedAt.toISOString()}::timestamptz
    returning s.taken_by`);
  return row;
}

/** Takes the end of a held dialog back, and with it what was said to have become of it. */
export async function takeEndBack(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  { handoffStatus, now }: { handoffStatus: HandoffStatus; now: Date },
): Promise<void> {
  await db
    .update(dialogs)
    .set({
      status: "open",
      handoffStatus,
      endedAt: null,
      closedBy: null,
      resolution: null,
      resolutionNote: "",
      epoch: sql`${dialogs.epoch} + 1`,
      updatedAt: now,
    })
    .where(ofDialog(workspaceId, id));
}
