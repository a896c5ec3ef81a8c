import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HandoffOutcome, HandoffReason } from "@/db/enums";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import type { WorkspaceId } from "@/lib/brand";

type NewSession = {
  id: string;
  dialogId: string;
  reason: HandoffReason;
  requestId?: string;
  requestedAt: Date;
  createdAt: Date;
  takenBy?: string;
  takenAt?: Date;
};

export async function insertSession(db: Db, workspaceId: WorkspaceId, session: NewSession): Promise<void> {
  await db.insert(handoffSessions).values({ ...session, workspaceId });
}

/** Whether a request with this key of the caller's was made before, and is over. */
export async function wasRequested(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, requestId }: { dialogId: string; requestId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: handoffSessions.id })
    .from(handoffSessions)
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.dialogId, dialogId),
        eq(handoffSessions.requestId, requestId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

type SessionChange = Partial<{
  toldPosition: number;
  takenBy: string;
  takenAt: Date;
  endedAt: Date;
  outcome: HandoffOutcome;
  mailedAt: Date;
}>;

export async function updateSession(
  db: Db,
  workspaceId: WorkspaceId,
  sessionId: string,
  change: SessionChange,
): Promise<void> {
  await db
    .update(handoffSessions)
    .set(change)
    .where(and(eq(handoffSessions.workspaceId, workspaceId), eq(handoffSessions.id, sessionId)));
}

/** Steps up the ladder. False when that rung was told already. */
export async function raiseRung(db: Db, workspaceId: WorkspaceId, sessionId: string, rung: number): Promise<boolean> {
  const rows = await db
    .update(handoffSessions)
    .set({ rung })
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.id, sessionId),
        isNull(handoffSessions.endedAt),
        sql`${handoffSessions.rung} < ${rung}`,
      ),
    )
    .returning({ id: handoffSessions.id });
  return rows.length > 0;
}

/** The place of a waiting dialog in the queue of its workspace; 1 is the next. */
export async function positionOf(
  db: Db,
  workspaceId: WorkspaceId,
  session: { sessionId: string; requestedAt: Date },
): Promise<number> {
  const [row] = await db
    .select({ before: sql<number>`count(*)::int` })
    .from(handoffSessions)
    .innerJoin(dialogs, and(eq(dialogs.id, handoffSessions.dialogId), eq(dialogs.handoffStatus, "requested")))
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        isNull(handoffSessions.endedAt),
        sql`(${handoffSessions.requestedAt}, ${handoffSessions.id}) < (${session.requestedAt.toISOString()}::timestamptz, ${session.sessionId}::uuid)`,
      ),
    );
  return (row?.before ?? 0) + 1;
}

/** Open episodes that a clock may have something to say about, of every workspace, oldest first. */
export async function listOpenSessions(db: Db, limit: number, afterId: string | null) {
  return db
    .select({
      id: handoffSessions.id,
      workspaceId: handoffSessions.workspaceId,
      dialogId: handoffSessions.dialogId,
      status: dialogs.handoffStatus,
      channel: dialogs.channel,
      contactAskedAt: dialogs.contactAskedAt,
      rung: handoffSessions.rung,
      toldPosition: handoffSessions.toldPosition,
      position: sql<number>`(select count(*)::int + 1 from handoff_sessions o join dialogs q on q.id = o.dialog_id and q.handoff_status = 'requested'
        where o.workspace_id = ${handoffSessions.workspaceId} and o.ended_at is null
          and (o.requested_at, o.id) < (${handoffSessions.requestedAt}, ${handoffSessions.id}))`,
      takenBy: handoffSessions.takenBy,
      takenAt: handoffSessions.takenAt,
      snoozedUntil: dialogs.snoozedUntil,
      queuedAt: handoffSessions.createdAt,
      heartbeatAt: sql<string | null>`(select p.heartbeat_at from operator_presence p
        where p.workspace_id = ${handoffSessions.workspaceId} and p.user_id = ${handoffSessions.takenBy})`,
      isMember: sql<boolean>`exists (select from workspace_members w
        where w.workspace_id = ${handoffSessions.workspaceId} and w.user_id = ${handoffSessions.takenBy})`,
    })
    .from(handoffSessions)
    .innerJoin(dialogs, eq(dialogs.id, handoffSessions.dialogId))
    .where(
      and(
        isNull(handoffSessions.endedAt),
        eq(dialogs.status, "open"),
        afterId === null ? undefined : sql`${handoffSessions.id} > ${afterId}::uuid`,
      ),
    )
    .orderBy(asc(handoffSessions.id))
    .limit(limit);
}

export type OpenSession = Awaited<ReturnType<typeof listOpenSessions>>[number];

/** Closes episodes whose dialog has ended in bulk, without a transition of its own. */
export async function closeEndedEpisodes(db: Db, now: Date): Promise<void> {
  await db
    .update(handoffSessions)
    .set({ endedAt: now, outcome: "closed" })
    .where(
      and(
        isNull(handoffSessions.endedAt),
        sql`${handoffSessions.dialogId} in (select d.id from dialogs d where d.status = 'ended')`,
      ),
    );
}
