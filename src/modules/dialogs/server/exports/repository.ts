import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { messages } from "@/db/schema/dialogs";
import { dialogNotes } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import { withMentionNames } from "@/modules/dialogs/mentions/rules";

export type ExportedMessage = Awaited<ReturnType<typeof listAfter>>[number];

/** The messages of a dialog behind a number, oldest first. */
export async function listAfter(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  page: { afterSeq: number; limit: number },
) {
  return db
    .select({
      id: messages.id,
      seq: messages.seq,
      at: messages.createdAt,
      author: messages.author,
      authorName: users.name,
      text: messages.text,
      attachment: sql<{ kind: string; name: string | null } | null>`case when ${messages.attachment} is not null
        then json_build_object('kind', ${messages.attachment} ->> 'kind', 'name', ${messages.attachment} ->> 'name') end`,
      sources: sql<string[]>`array(select c ->> 'title' from jsonb_array_elements(${messages.citations}) c)`,
      editedAt: messages.editedAt,
      earlier: messages.versions,
      removedAt: messages.removedAt,
      delivery: messages.delivery,
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.userId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), gt(messages.seq, page.afterSeq)))
    .orderBy(asc(messages.seq))
    .limit(page.limit);
}

/** The team's notes on a dialog, oldest first, with the names of whom they mention. */
export async function listAllNotes(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const rows = await db
    .select({
      at: dialogNotes.createdAt,
      authorName: users.name,
      text: dialogNotes.text,
      mentions: sql<{ userId: string; name: string }[]>`coalesce((
        select json_agg(json_build_object('userId', u.id, 'name', u.name))
        from note_mentions m join users u on u.id = m.user_id where m.note_id = ${dialogNotes.id}), '[]'::json)`,
    })
    .from(dialogNotes)
    .leftJoin(users, eq(users.id, dialogNotes.userId))
    .where(and(eq(dialogNotes.workspaceId, workspaceId), eq(dialogNotes.dialogId, dialogId)))
    .orderBy(asc(dialogNotes.createdAt), asc(dialogNotes.id));
  return rows.map(({ mentions, text, ...note }) => ({ ...note, text: withMentionNames(text, mentions) }));
}
