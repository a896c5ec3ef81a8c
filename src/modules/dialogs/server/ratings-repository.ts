import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs, messages } from "@/db/schema/dialogs";
import { messageRatings } from "@/db/schema/ratings";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";

type NewRating = { dialogId: string; stars: number; comment: string | undefined };

/** The rating is about whoever spoke last. A comment stays until another is given. False when the workspace has no such dialog. */
export async function upsertRating(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, stars, comment }: NewRating,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const rows = await db.execute(sql`
    insert into dialog_ratings (id, workspace_id, dialog_id, stars, comment, part, user_id, created_at, updated_at)
    select ${newId()}::uuid, d.workspace_id, d.id, ${stars}::int, ${comment ?? ""}, coalesce(last.author, 'assistant'), last.user_id,
      ${at}::timestamptz, ${at}::timestamptz
    from dialogs d left join lateral (
      select m.author, m.user_id from messages m where m.dialog_id = d.id and m.author in ('assistant', 'operator') order by m.seq desc limit 1) last on true
    where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid
    on conflict (dialog_id) do update set stars = excluded.stars, part = excluded.part, user_id = excluded.user_id,
      updated_at = excluded.updated_at, comment = coalesce(${comment ?? null}::text, dialog_ratings.comment)
    returning id`);
  return rows.length > 0;
}

/** An answer that may be rated, held so that two presses come one after the other; undefined for any other message. */
export async function lockAnswer(db: Db, workspaceId: WorkspaceId, messageId: string, rater: string) {
  const [row] = await db
    .select({ dialogId: messages.dialogId, channel: dialogs.channel })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .where(
      and(
        eq(messages.id, messageId),
        eq(messages.workspaceId, workspaceId),
        eq(messages.author, "assistant"),
        isNull(messages.removedAt),
      ),
    )
    .for("no key update", { of: messages });
  if (!row) return undefined;
  const [given] = await db
    .select({ isPositive: messageRatings.isPositive, comment: messageRatings.comment })
    .from(messageRatings)
    .where(ofRater(workspaceId, messageId, rater));
  return { ...row, given };
}

type NewThumb = { dialogId: string; messageId: string; rater: string; isPositive: boolean; comment: string };

export async function upsertThumb(db: Db, workspaceId: WorkspaceId, thumb: NewThumb, now: Date): Promise<void> {
  const { isPositive, comment } = thumb;
  await db
    .insert(messageRatings)
    .values({ ...thumb, workspaceId, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [messageRatings.messageId, messageRatings.rater],
      set: { isPositive, comment, updatedAt: now },
    });
}

export async function deleteThumb(db: Db, workspaceId: WorkspaceId, messageId: string, rater: string): Promise<void> {
  await db.delete(messageRatings).where(ofRater(workspaceId, messageId, rater));
}

function ofRater(workspaceId: WorkspaceId, messageId: string, rater: string) {
  return and(
    eq(messageRatings.workspaceId, workspaceId),
    eq(messageRatings.messageId, messageId),
    eq(messageRatings.rater, rater),
  );
}
