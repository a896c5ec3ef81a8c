import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import type { AttachmentKind, Resolution } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import { dialogs, messages, type StoredAttachment, type StoredChange } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import type { Attachment, DialogDetail, DialogItem, GivenThumb, MessageItem } from "@/modules/dialogs/contract";
import { CHANGE_REASONS, type MessageChange } from "@/modules/dialogs/changes/contract";

const remover = alias(users, "remover");

// From the first words that nobody had answered to the first answer.
const firstAnswerMs = sql`(
  select round(extract(epoch from a.created_at - (
    select min(v.created_at) from messages v where v.dialog_id = a.dialog_id and v.author = 'visitor' and v.seq < a.seq and v.seq > coalesce(
      (select max(o.seq) from messages o where o.dialog_id = a.dialog_id and o.author = 'operator' and o.seq < a.seq), 0))) * 1000)
  from (select m.dialog_id, m.seq, m.created_at from messages m
    where m.dialog_id = ${dialogs.id} and m.author = 'assistant' and m.reply_to_id is not null order by m.seq limit 1) a)`;

// A dialog that a person took unasked kept nobody waiting for one.
const firstWordsMs = sql`(
  select round(extract(epoch from s.first_reply_at - s.requested_at) * 1000) from handoff_sessions s
  where s.dialog_id = ${dialogs.id} and s.first_reply_at is not null and s.taken_at is distinct from s.requested_at
  order by s.first_reply_at limit 1)`;

/** What of a dialog a list shows; needs the assistants joined. */
export const itemColumns = {
  id: dialogs.id,
  channel: dialogs.channel,
  assistantId: dialogs.assistantId,
  assistantName: assistants.name,
  visitorName: dialogs.visitorName,
  lastMessage: dialogs.lastMessage,
  lastMessageAt: dialogs.lastMessageAt,
  status: dialogs.status,
  handoffStatus: dialogs.handoffStatus,
  unreadCount: dialogs.unreadCount,
  messageCount: dialogs.messageSeq,
  lastAttachment: sql<AttachmentKind | null>`case when ${dialogs.lastMessage} = '' then (
    select m.attachment ->> 'kind' from messages m where m.dialog_id = ${dialogs.id} and m.attachment is not null order by m.seq desc limit 1) end`,
  rating: sql<number | null>`(select r.stars from dialog_ratings r where r.dialog_id = ${dialogs.id})`,
  // In the playground the member is the visitor.
  thumbs: sql<DialogItem["thumbs"]>`(
    select json_build_object('up', count(*) filter (where r.is_positive), 'down', count(*) filter (where not r.is_positive))
    from message_ratings r where r.dialog_id = ${dialogs.id} and (r.rater = 'visitor' or ${dialogs.channel} = 'preview'))`,
  firstReply: sql<DialogItem["firstReply"]>`json_build_object('aiMs', ${firstAnswerMs}, 'personMs', ${firstWordsMs})`,
  tags: sql<string[]>`array(select tag from dialog_tags where dialog_id = ${dialogs.id} order by tag)`,
  resolution: dialogs.resolution,
  createdAt: dialogs.createdAt,
};

export async function findDialog(db: Db, workspaceId: WorkspaceId, id: string): Promise<DialogDetail | undefined> {
  const [row] = await db
    .select({
      ...itemColumns,
      visitorLocale: dialogs.visitorLocale,
      visitorUsername: dialogs.visitorUsername,
      source: dialogs.source,
      isReachable: dialogs.isReachable,
      botUsername: bots.username,
      endedAt: dialogs.endedAt,
      resolutionNote: dialogs.resolutionNote,
      closedByName: users.name,
    })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .leftJoin(bots, eq(bots.id, dialogs.botId))
    .leftJoin(users, eq(users.id, dialogs.closedBy))
    .where(and(eq(dialogs.id, id), eq(dialogs.workspaceId, workspaceId)));
  return row;
}

/** The latest messages before `beforeSeq`, oldest first. */
export async function listMessageRows(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  page: { beforeSeq?: number; limit: number; rater: string | null },
): Promise<MessageItem[]> {
  const thumbOf = (rater: string) => sql<GivenThumb | null>`(
    select json_build_object('thumb', case when r.is_positive then 'up' else 'down' end, 'comment', r.comment)
    from message_ratings r where r.message_id = ${messages.id} and r.rater = ${rater})`;
  const isDemoModel = sql<boolean>`coalesce((select g.provider = 'built-in' from generations g
    where g.answer_message_id = messages.id limit 1), false)`;
  const rows = await db
    .select({
      id: messages.id,
      seq: messages.seq,
      author: messages.author,
      authorId: messages.userId,
      authorName: users.name,
      text: messages.text,
      attachment: messages.attachment,
      editedAt: messages.editedAt,
      earlier: messages.versions,
      removedAt: messages.removedAt,
      removedByName: remover.name,
      change: messages.channelChange,
      createdAt: messages.createdAt,
      delivery: messages.delivery,
      citations: messages.citations,
      replyToId: messages.replyToId,
      clientId: messages.clientId,
      isDemoModel,
      chargeMicros: messages.chargeMicros,
      visitorThumb: thumbOf("visitor"),
      ownThumb: page.rater === null ? sql<null>`null` : thumbOf(page.rater),
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.userId))
    .leftJoin(remover, eq(remover.id, messages.removedBy))
    .where(
      and(
        eq(messages.dialogId, dialogId),
        eq(messages.workspaceId, workspaceId),
        page.beforeSeq === undefined ? undefined : lt(messages.seq, page.beforeSeq),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(page.limit);
  return rows.reverse().map((row) => ({
    ...row,
    attachment: row.attachment && shownAttachment(row.attachment),
    change: row.change && shownChange(row.change),
  }));
}

function shownChange({ kind, state, reason }: StoredChange): MessageChange {
  return { kind, state, reason: CHANGE_REASONS.find((known) => known === reason) ?? null };
}

/** The keys of a file, the channel's and our own, are of no use outside the server. */
function shownAttachment({
  fileId,
  storageKey,
  uniqueId: _unique,
  albumId: _album,
  ...shown
}: StoredAttachment): Attachment {
  return { ...shown, hasFile: fileId !== undefined || storageKey !== undefined };
}

/** Ends an open dialog and keeps a running answer from leaving. False when it was not open. */
export async function endDialog(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  { now, closedBy }: { now: Date; closedBy: string | null },
): Promise<boolean> {
  const rows = await db
    .update(dialogs)
    .set({
      status: "ended",
      handoffStatus: "none",
      snoozedUntil: null,
      endedAt: now,
      closedBy,
      epoch: sql`${dialogs.epoch} + 1`,
    })
    .where(and(eq(dialogs.id, id), eq(dialogs.workspaceId, workspaceId), eq(dialogs.status, "open")))
    .returning({ id: dialogs.id });
  return rows.length > 0;
}

/** Says what became of an ended dialog. False when that is what it says already. */
export async function resolveDialog(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  said: { resolution: Resolution; note: string; userId: string | null },
): Promise<boolean> {
  const { resolution, note, userId } = said;
  const rows = await db
    .update(dialogs)
    .set({ resolution, resolutionNote: note, closedBy: userId })
    .where(
      and(
        eq(dialogs.id, id),
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.status, "ended"),
        sql`(${dialogs.resolution}, ${dialogs.resolutionNote}) is distinct from (${resolution}::text, ${note}::text)`,
      ),
    )
    .returning({ id: dialogs.id });
  return rows.length > 0;
}

/** Ends the open episode of a dialog that has just ended. False when no person was asked for or had it. */
export async function closeEpisode(db: Db, workspaceId: WorkspaceId, dialogId: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(handoffSessions)
    .set({ endedAt: now, outcome: "closed" })
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.dialogId, dialogId),
        isNull(handoffSessions.endedAt),
      ),
    )
    .returning({ id: handoffSessions.id });
  return rows.length > 0;
}

/** Who has a dialog now; undefined when nobody does. */
export async function findHolder(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const [row] = await db
    .select({ userId: handoffSessions.takenBy, name: users.name })
    .from(handoffSessions)
    .innerJoin(users, eq(users.id, handoffSessions.takenBy))
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.dialogId, dialogId),
        isNull(handoffSessions.endedAt),
      ),
    );
  return row;
}

/** False when nothing was unread. */
export async function clearUnread(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const rows = await db
    .update(dialogs)
    .set({ unreadCount: 0 })
    .where(and(eq(dialogs.id, id), eq(dialogs.workspaceId, workspaceId), sql`${dialogs.unreadCount} > 0`))
    .returning({ id: dialogs.id });
  return rows.length > 0;
}
