import { and, asc, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HandoffOutcome, HandoffReason, HandoffStatus, HandoffTrigger } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs, messages } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";

const ofDialog = (workspaceId: WorkspaceId, dialogId: string) =>
  and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId));

/** Holds the dialog's row until the transaction ends. False when there is none. */
export async function lockDialog(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<boolean> {
  const rows = await db.select({ id: dialogs.id }).from(dialogs).where(ofDialog(workspaceId, dialogId)).for("update");
  return rows.length > 0;
}

/** A dialog with its open episode. Read it in a statement after the lock: the locking one sees older rows beside its own. */
export async function findDialog(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const [row] = await db
    .select({
      id: dialogs.id,
      assistantId: dialogs.assistantId,
      channel: dialogs.channel,
      status: dialogs.status,
      handoffStatus: dialogs.handoffStatus,
      epoch: dialogs.epoch,
      messageSeq: dialogs.messageSeq,
      boundarySeq: dialogs.boundarySeq,
      visitorLocale: dialogs.visitorLocale,
      language: assistants.language,
      contactAskedAt: dialogs.contactAskedAt,
      sessionId: handoffSessions.id,
      reason: handoffSessions.reason,
      requestedAt: handoffSessions.requestedAt,
      takenBy: handoffSessions.takenBy,
      takenAt: handoffSessions.takenAt,
      holderName: users.name,
      rung: handoffSessions.rung,
      lastQuestion: sql<string>`coalesce((select m.text from messages m where m.dialog_id = ${dialogs.id} and m.author = 'visitor'
        order by m.seq desc limit 1), '')`,
      lastReleasedAt: sql<string | null>`(select max(s.ended_at) from handoff_sessions s
        where s.dialog_id = ${dialogs.id} and s.outcome = 'released')`,
      lastMailedAt: sql<
        string | null
      >`(select max(s.mailed_at) from handoff_sessions s where s.dialog_id = ${dialogs.id})`,
    })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .leftJoin(handoffSessions, and(eq(handoffSessions.dialogId, dialogs.id), isNull(handoffSessions.endedAt)))
    .leftJoin(users, eq(users.id, handoffSessions.takenBy))
    .where(ofDialog(workspaceId, dialogId));
  if (!row) return undefined;
  const asDate = (at: string | null) => (at === null ? null : new Date(at));
  return { ...row, lastReleasedAt: asDate(row.lastReleasedAt), lastMailedAt: asDate(row.lastMailedAt) };
}

export type HandoffDialog = NonNullable<Awaited<ReturnType<typeof findDialog>>>;

type Move = {
  from: HandoffStatus;
  to: HandoffStatus;
  now: Date;
  /** Of a return to the assistant: what people agreed. Everything said so far is closed with it. */
  boundary?: string;
};

/** The compare-and-set of every transition: raises the epoch, so no answer that began before can leave. False when it lost. */
export async function moveDialog(db: Db, workspaceId: WorkspaceId, dialogId: string, move: Move): Promise<boolean> {
  const rows = await db
    .update(dialogs)
    .set({
      handoffStatus: move.to,
      epoch: sql`${dialogs.epoch} + 1`,
      updatedAt: move.now,
      // People are coming, or have been here: what was asked for their absence is settled.
      contactAskedAt: null,
      ...(move.boundary !== undefined && { boundarySeq: sql`${dialogs.messageSeq}`, boundarySummary: move.boundary }),
    })
    .where(and(ofDialog(workspaceId, dialogId), eq(dialogs.handoffStatus, move.from), eq(dialogs.status, "open")))
    .returning({ id: dialogs.id });
  return rows.length > 0;
}

/** What was said so far is settled, without a transition. */
export async function drawBoundary(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  boundarySummary: string,
): Promise<void> {
  await db
    .update(dialogs)
    .set({ boundarySeq: sql`${dialogs.messageSeq}`, boundarySummary })
    .where(ofDialog(workspaceId, dialogId));
}

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

const TALK_MESSAGES = 40;

/** What was said since `boundarySeq`, oldest first. */
export async function listTalk(db: Db, workspaceId: WorkspaceId, dialogId: string, boundarySeq: number) {
  const rows = await db
    .select({ author: messages.author, text: messages.text })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), gt(messages.seq, boundarySeq)))
    .orderBy(desc(messages.seq))
    .limit(TALK_MESSAGES);
  return rows.reverse();
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

/** The newest words of another person of the team behind a message; undefined when there are none. */
export async function findColleagueAfter(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, seenSeq, userId }: { dialogId: string; seenSeq: number; userId: string },
) {
  const [row] = await db
    .select({ name: users.name, repliedAt: messages.createdAt })
    .from(messages)
    .innerJoin(users, eq(users.id, messages.userId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.dialogId, dialogId),
        eq(messages.author, "operator"),
        gt(messages.seq, seenSeq),
        ne(messages.userId, userId),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(1);
  return row;
}

/** Whether the assistant of a dialog is set to pass it on for this cause. */
export async function offersTrigger(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  trigger: HandoffTrigger,
): Promise<boolean> {
  const rows = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(and(ofDialog(workspaceId, dialogId), sql`${trigger}::text = any(${assistants.handoffTriggers})`));
  return rows.length > 0;
}

/** The words of one answer; undefined for anything that is none. */
export async function findAnswerText(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: { dialogId: string; messageId: string },
): Promise<string | undefined> {
  const [row] = await db
    .select({ text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.dialogId, dialogId),
        eq(messages.id, messageId),
        eq(messages.author, "assistant"),
      ),
    );
  return row?.text;
}

/** The workspace that a dialog belongs to, for who may look into any. */
export async function findWorkspaceOf(db: Db, dialogId: string): Promise<WorkspaceId | undefined> {
  const [row] = await db.select({ id: dialogs.workspaceId }).from(dialogs).where(eq(dialogs.id, dialogId));
  // The dialog's own row names its tenant.
  return row?.id as WorkspaceId | undefined;
}
