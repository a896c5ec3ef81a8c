import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import { dialogNotes, noteMentions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import { workspaceMembers } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { MentionItem } from "@/modules/dialogs/mentions/contract";

export type Named = { userId: string; name: string };

export async function listNames(db: Db, workspaceId: WorkspaceId): Promise<Named[]> {
  return db
    .select({ userId: users.id, name: users.name })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(eq(workspaceMembers.workspaceId, workspaceId));
}

export async function insertMentions(
  db: Db,
  workspaceId: WorkspaceId,
  note: { noteId: string; dialogId: string; createdAt: Date },
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .insert(noteMentions)
    .values(userIds.map((userId) => ({ ...note, workspaceId, userId })))
    .onConflictDoNothing();
}

const ofPerson = (workspaceId: WorkspaceId, userId: string) =>
  and(eq(noteMentions.workspaceId, workspaceId), eq(noteMentions.userId, userId));

/** As exact as a cursor is: a place between two milliseconds would skip rows. */
const momentOf = sql`date_trunc('milliseconds', ${noteMentions.createdAt})`;

type Row = MentionItem & { named: Named[] };

/** Newest first. */
export async function listMentionRows(
  db: Db,
  workspaceId: WorkspaceId,
  userId: string,
  page: { before?: { at: Date; id: string }; limit: number },
): Promise<Row[]> {
  const { before, limit } = page;
  return db
    .select({
      noteId: noteMentions.noteId,
      dialogId: noteMentions.dialogId,
      visitorName: dialogs.visitorName,
      text: dialogNotes.text,
      authorName: users.name,
      createdAt: noteMentions.createdAt,
      readAt: noteMentions.readAt,
      named: sql<Named[]>`(select coalesce(json_agg(json_build_object('userId', u.id, 'name', u.name)), '[]'::json)
        from note_mentions x join users u on u.id = x.user_id where x.note_id = ${noteMentions.noteId})`,
    })
    .from(noteMentions)
    .innerJoin(dialogNotes, eq(dialogNotes.id, noteMentions.noteId))
    .innerJoin(dialogs, eq(dialogs.id, noteMentions.dialogId))
    .leftJoin(users, eq(users.id, dialogNotes.userId))
    .where(
      and(
        ofPerson(workspaceId, userId),
        before &&
          sql`(${momentOf}, ${noteMentions.noteId}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`,
      ),
    )
    .orderBy(desc(momentOf), desc(noteMentions.noteId))
    .limit(limit);
}

export async function countUnreadMentions(db: Db, workspaceId: WorkspaceId, userId: string): Promise<number> {
  return db.$count(noteMentions, and(ofPerson(workspaceId, userId), isNull(noteMentions.readAt)));
}

/** How many of the person's mentions in a dialog were unread until now. */
export async function markMentionsRead(
  db: Db,
  workspaceId: WorkspaceId,
  userId: string,
  { dialogId, now }: { dialogId: string; now: Date },
): Promise<number> {
  const rows = await db
    .update(noteMentions)
    .set({ readAt: now })
    .where(and(ofPerson(workspaceId, userId), eq(noteMentions.dialogId, dialogId), isNull(noteMentions.readAt)))
    .returning({ noteId: noteMentions.noteId });
  return rows.length;
}
