import { and, desc, eq, isNull, lt, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import type { AttachmentKind, Resolution } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import { dialogs, messages, type StoredAttachment, type StoredChange } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import type {
  Attachment,
  DialogDetail,
  DialogItem,
  GivenThumb,
  ListDialogsInput,
  MessageItem,
} from "@/modules/dialogs/contract";
import { CHANGE_REASONS, type MessageChange } from "@/modules/dialogs/changes/contract";
import type { DialogFilter } from "@/modules/dialogs/limits";

const remover = alias(users, "remover");

// Enough to show who carried a dialog, few enough that a list of long dialogs stays fast.
const RAIL_MESSAGES = 50;

const itemColumns = {
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
  createdAt: dialogs.createdAt,
};

const byFilter: Record<DialogFilter, SQL> = {
  open: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'none'`,
  waiting: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'requested'`,
  operator: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'active'`,
  ended: sql`${dialogs.status} = 'ended'`,
};

type ListPage = Omit<ListDialogsInput, "cursor"> & { before?: { at: Date; id: string } };

/** Newest activity first, in one joined query. */
export async function listDialogRows(db: Db, workspaceId: WorkspaceId, page: ListPage): Promise<DialogItem[]> {
  const { status, channel, assistantId, search, before, limit } = page;
  const rail = sql<DialogItem["rail"]>`(
    select json_build_object('ai', count(*) filter (where recent.author = 'assistant'), 'operator', count(*) filter (where recent.author = 'operator'))
    from (select m.author from messages m where m.dialog_id = ${dialogs.id} order by m.seq desc limit ${RAIL_MESSAGES}) recent)`;
  return db
    .select({ ...itemColumns, rail })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        sql`${dialogs.lastMessageAt} is not null`,
        status && byFilter[status],
        channel && eq(dialogs.channel, channel),
        assistantId === undefined ? undefined : eq(dialogs.assistantId, assistantId),
        search ? matches(search) : undefined,
        before &&
          sql`(${dialogs.lastMessageAt}, ${dialogs.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`,
      ),
    )
    .orderBy(desc(dialogs.lastMessageAt), desc(dialogs.id))
    .limit(limit);
}

function matches(search: string): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${dialogs.visitorName} ilike ${pattern} or ${dialogs.lastMessage} ilike ${pattern}
    or exists (select 1 from messages m where m.dialog_id = ${dialogs.id} and m.text ilike ${pattern}))`;
}

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
      resolution: dialogs.resolution,
      resolutionNote: dialogs.resolutionNote,
      closedByName: users.name,
      tags: sql<string[]>`array(select tag from dialog_tags where dialog_id = ${dialogs.id} order by tag)`,
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
    .set({ status: "ended", handoffStatus: "none", endedAt: now, closedBy, epoch: sql`${dialogs.epoch} + 1` })
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
