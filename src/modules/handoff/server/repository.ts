import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HandoffStatus, HandoffTrigger } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
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
      snoozedUntil: dialogs.snoozedUntil,
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
      snoozedUntil: null,
      ...(move.boundary !== undefined && { boundarySeq: sql`${dialogs.messageSeq}`, boundarySummary: move.boundary }),
    })
    .where(and(ofDialog(workspaceId, dialogId), eq(dialogs.handoffStatus, move.from), eq(dialogs.status, "open")))
    .returning({ id: dialogs.id });
  return rows.length > 0;
}

/** Puts a held dialog aside; null brings it back. */
export async function putAside(db: Db, workspaceId: WorkspaceId, dialogId: string, until: Date | null): Promise<void> {
  await db.update(dialogs).set({ snoozedUntil: until }).where(ofDialog(workspaceId, dialogId));
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

/** The workspace that a dialog belongs to, for who may look into any. */
export async function findWorkspaceOf(db: Db, dialogId: string): Promise<WorkspaceId | undefined> {
  const [row] = await db.select({ id: dialogs.workspaceId }).from(dialogs).where(eq(dialogs.id, dialogId));
  // The dialog's own row names its tenant.
  return row?.id as WorkspaceId | undefined;
}
