import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { inboxViews } from "@/db/schema/handoff";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import type { InboxSavedView } from "@/modules/handoff/inbox/contract";

type Person = { workspaceId: WorkspaceId; userId: string };

const ofPerson = ({ workspaceId, userId }: Person) =>
  and(eq(inboxViews.workspaceId, workspaceId), eq(inboxViews.userId, userId));

const columns = { id: inboxViews.id, name: inboxViews.name, filter: inboxViews.filter };

/** Oldest first, as they were made. */
export async function listViewRows(db: Db, person: Person): Promise<InboxSavedView[]> {
  return db
    .select(columns)
    .from(inboxViews)
    .where(ofPerson(person))
    .orderBy(asc(inboxViews.createdAt), asc(inboxViews.id));
}

/** Makes twins of one person wait for each other, so that each counts the other's view. */
export async function lockPersonsViews(db: Db, { workspaceId, userId }: Person): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`inbox-views:${workspaceId}:${userId}`}, 0))`);
}

export async function insertView(
  db: Db,
  person: Person,
  view: { name: string; filter: Record<string, string>; createdAt: Date },
): Promise<InboxSavedView | undefined> {
  const [row] = await db
    .insert(inboxViews)
    .values({ ...view, ...person, id: newId() })
    .returning(columns);
  return row;
}

export async function updateViewName(db: Db, person: Person, id: string, name: string): Promise<boolean> {
  const rows = await db
    .update(inboxViews)
    .set({ name })
    .where(and(eq(inboxViews.id, id), ofPerson(person)))
    .returning({ id: inboxViews.id });
  return rows.length > 0;
}

export async function deleteView(db: Db, person: Person, id: string): Promise<boolean> {
  const rows = await db
    .delete(inboxViews)
    .where(and(eq(inboxViews.id, id), ofPerson(person)))
    .returning({ id: inboxViews.id });
  return rows.length > 0;
}
