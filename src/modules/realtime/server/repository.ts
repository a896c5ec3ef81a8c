import { and, asc, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { events, workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { WorkspaceEvent } from "@/modules/realtime/contract";

export const KEPT_EVENTS = 1_000;

export async function currentSeq(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const [row] = await db.select({ seq: workspaces.eventSeq }).from(workspaces).where(eq(workspaces.id, workspaceId));
  return row?.seq ?? 0;
}

/** What came after `afterSeq`, oldest first; null when a part of it is no longer kept. */
export async function listEventsAfter(
  db: Db,
  workspaceId: WorkspaceId,
  afterSeq: number,
): Promise<WorkspaceEvent[] | null> {
  const rows = await db
    .select({ seq: events.seq, type: events.type, ids: events.ids })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), gt(events.seq, afterSeq)))
    .orderBy(asc(events.seq))
    .limit(KEPT_EVENTS + 1);
  const first = rows[0];
  if (rows.length > KEPT_EVENTS || (first && first.seq > afterSeq + 1)) return null;
  if (!first && (await currentSeq(db, workspaceId)) !== afterSeq) return null;
  return rows;
}

/** Deletes all but the newest thousand events of every workspace; returns how many went. */
export async function pruneEvents(db: Db): Promise<number> {
  const floor = db
    .select({ seq: sql<number>`${workspaces.eventSeq} - ${KEPT_EVENTS}` })
    .from(workspaces)
    .where(eq(workspaces.id, events.workspaceId));
  const gone = await db.delete(events).where(lte(events.seq, floor)).returning({ seq: events.seq });
  return gone.length;
}

/** Where each of the workspaces stands that exist. Serves every tenant, for a transport that carries them all. */
export async function listSeqs(db: Db, workspaceIds: string[]): Promise<{ id: string; seq: number }[]> {
  const known = inArray(sql`${workspaces.id}::text`, workspaceIds);
  return db.select({ id: workspaces.id, seq: workspaces.eventSeq }).from(workspaces).where(known);
}

export async function listMemberIds(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db
    .select({ userId: workspaceMembers.userId })
    .from(workspaceMembers)
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .where(and(sql`${workspaces.id}::text = ${workspaceId}`, isNull(workspaces.deletedAt)));
  return rows.map(({ userId }) => userId);
}
