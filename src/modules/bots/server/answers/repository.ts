import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssistantLanguage, HandoffStatus } from "@/db/enums";
import { executePrepared } from "@/db/prepared";
import type { StoredAttachment } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

// As many as the model's window reads.
const READ_MESSAGES = 24;

export type WaitingMessage = {
  id: string;
  seq: number;
  clientId: string;
  text: string;
  attachment: StoredAttachment | null;
  isRemoved: boolean;
};

/** A dialog in Telegram and what its visitor wrote since the last answer, oldest first. */
export type Waiting = {
  botId: string;
  visitorKey: string;
  visitorLocale: string | null;
  language: AssistantLanguage;
  asksForThumbs: boolean;
  businessConnectionId: string | null;
  status: "open" | "ended";
  handoffStatus: HandoffStatus;
  epoch: number;
  /** Whether the owner of a business account answers there in person at the moment. */
  isPaused: boolean;
  messages: WaitingMessage[];
};

/** Undefined for a dialog that no bot serves any more. */
export async function findWaiting(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  now: Date,
): Promise<Waiting | undefined> {
  const [row] = await executePrepared<Waiting>(
    db,
    sql`
    select d.bot_id as "botId", d.visitor_key as "visitorKey", d.visitor_locale as "visitorLocale", a.language,
      a.asks_for_thumbs as "asksForThumbs",
      d.business_connection_id as "businessConnectionId", d.status, d.handoff_status as "handoffStatus", d.epoch,
      coalesce(d.paused_until > ${now.toISOString()}::timestamptz, false) as "isPaused",
      coalesce((select json_agg(json_build_object('id', w.id, 'seq', w.seq, 'clientId', w.client_id, 'text', w.text,
          'attachment', w.attachment, 'isRemoved', w.removed_at is not null) order by w.seq)
        from (
          select m.id, m.seq, m.client_id, m.text, m.attachment, m.removed_at from messages m
          where m.dialog_id = d.id and m.author = 'visitor' and m.seq > greatest(d.boundary_seq,
            (select max(answered.seq) from messages answered where answered.dialog_id = d.id and answered.author in ('assistant', 'operator')))
          order by m.seq desc limit ${READ_MESSAGES}::int) w), '[]'::json) as messages
    from dialogs d
      join bots b on b.id = d.bot_id and b.workspace_id = d.workspace_id and b.is_active
      join assistants a on a.id = d.assistant_id and a.deleted_at is null
    where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid and d.channel = 'telegram'`,
  );
  return row;
}

/** When the burst began that a message of this dialog would belong to, null when nothing waits; and whether people speak there. */
export async function findBurst(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  now: Date,
): Promise<{ since: Date | null; isAnswered: boolean }> {
  const [row] = await executePrepared<{ since: string | null; isAnswered: boolean }>(
    db,
    sql`
    select d.handoff_status = 'none' and coalesce(d.paused_until <= ${now.toISOString()}::timestamptz, true) as "isAnswered",
      (select min(m.created_at) from messages m where m.dialog_id = d.id and m.author = 'visitor' and m.seq > coalesce(
        (select max(other.seq) from messages other where other.dialog_id = d.id and other.author <> 'visitor'), 0)) as since
    from dialogs d where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid`,
  );
  return { since: row?.since ? new Date(row.since) : null, isAnswered: row?.isAnswered ?? false };
}

/** Dialogs of a bot in which a visitor had the last word from `since` on, and did not stop the answer to it. */
export async function listUnanswered(db: Db, workspaceId: WorkspaceId, botId: string, since: Date): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select d.id from dialogs d join messages m on m.dialog_id = d.id and m.seq = d.message_seq
    where d.workspace_id = ${workspaceId}::uuid and d.bot_id = ${botId}::uuid and d.status = 'open' and d.handoff_status = 'none'
      and d.last_message_at >= ${since.toISOString()}::timestamptz and m.author = 'visitor'
      and not exists (select from generations g where g.visitor_message_id = m.id and g.error = 'stopped')`);
  return rows.map(({ id }) => id);
}

/** What decides whether a running answer may still leave. Undefined once the dialog or its bot is gone. */
export async function findStanding(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const [row] = await executePrepared<{ epoch: number; isOpen: boolean }>(
    db,
    sql`
    select d.epoch, d.status = 'open' and d.handoff_status = 'none' and b.is_active as "isOpen"
    from dialogs d join bots b on b.id = d.bot_id where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid`,
  );
  return row;
}

/** Writes the words of a voice message, once. */
export async function writeTranscript(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  text: string,
): Promise<void> {
  await db.execute(sql`
    update messages set text = ${text}, attachment = attachment || '{"isTranscribed": true}'::jsonb
    where id = ${messageId}::uuid and workspace_id = ${workspaceId}::uuid and text = ''`);
}

/** Whether an answer to the dialog is being written at this moment. */
export async function isAnswering(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from generations where dialog_id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'running' limit 1`);
  return rows.length > 0;
}
