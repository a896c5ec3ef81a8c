import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogNotes, dialogTags } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import type { NoteItem } from "@/modules/dialogs/contract";

type NewNote = { dialogId: string; userId: string | null; clientId: string; text: string; createdAt: Date };

/** Null when the note of that client id is there. */
export async function insertNote(db: Db, workspaceId: WorkspaceId, note: NewNote): Promise<string | null> {
  const [row] = await db
    .insert(dialogNotes)
    .values({ ...note, workspaceId })
    .onConflictDoNothing()
    .returning({ id: dialogNotes.id });
  return row?.id ?? null;
}

/** Newest first. */
export async function listNoteRows(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  filter: { clientId?: string; limit: number },
): Promise<NoteItem[]> {
  return db
    .select({
      id: dialogNotes.clientId,
      text: dialogNotes.text,
      authorId: dialogNotes.userId,
      authorName: users.name,
      createdAt: dialogNotes.createdAt,
      mentions: sql<NoteItem["mentions"]>`coalesce((
        select json_agg(json_build_object('userId', u.id, 'name', u.name) order by u.name)
        from note_mentions m join users u on u.id = m.user_id where m.note_id = ${dialogNotes.id}), '[]'::json)`,
    })
    .from(dialogNotes)
    .leftJoin(users, eq(users.id, dialogNotes.userId))
    .where(
      and(
        eq(dialogNotes.workspaceId, workspaceId),
        eq(dialogNotes.dialogId, dialogId),
        filter.clientId === undefined ? undefined : eq(dialogNotes.clientId, filter.clientId),
      ),
    )
    .orderBy(desc(dialogNotes.createdAt), desc(dialogNotes.id))
    .limit(filter.limit);
}

export async function listTagRows(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<string[]> {
  const rows = await db
    .select({ tag: dialogTags.tag })
    .from(dialogTags)
    .where(and(eq(dialogTags.workspaceId, workspaceId), eq(dialogTags.dialogId, dialogId)))
    .orderBy(asc(dialogTags.tag));
  return rows.map(({ tag }) => tag);
}

/** False when the dialog has it. */
export async function insertTag(db: Db, workspaceId: WorkspaceId, dialogId: string, tag: string): Promise<boolean> {
  const rows = await db
    .insert(dialogTags)
    .values({ workspaceId, dialogId, tag })
    .onConflictDoNothing()
    .returning({ tag: dialogTags.tag });
  return rows.length > 0;
}

/** False when the dialog does not have it. */
export async function deleteTag(db: Db, workspaceId: WorkspaceId, dialogId: string, tag: string): Promise<boolean> {
  const rows = await db
    .delete(dialogTags)
    .where(and(eq(dialogTags.workspaceId, workspaceId), eq(dialogTags.dialogId, dialogId), eq(dialogTags.tag, tag)))
    .returning({ tag: dialogTags.tag });
  return rows.length > 0;
}
