import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Channel } from "@/db/enums";
import { executePrepared, flushedLater } from "@/db/prepared";
import type { StoredAttachment } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import { excerpt, storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";
import { listedEventCtes } from "@/server/transaction";

export type NewMessage = {
  /** The sender's own key of the message: a repeat with it finds the first one. */
  clientId: string;
  text: string;
  attachment?: StoredAttachment | null;
  /** The channel's own key, under which an edit of the message finds it. */
  externalId?: string;
};

export type IncomingMessage = NewMessage & {
  assistantId: string;
  channel: Channel;
  /** Tells visitors of one assistant and channel apart; one dialog of a key is open at a time. */
  visitorKey: string;
  botId?: string;
  visitorName?: string;
  /** The channel's own name of the visitor, without the @. */
  visitorUsername?: string;
  visitorLocale?: string;
  source?: string;
  /** Whose account the answers leave through; the newest one counts. */
  businessConnectionId?: string;
};

export type ReceivedMessage = {
  dialogId: string;
  messageId: string;
  seq: number;
  isNew: boolean;
  isNewDialog: boolean;
};

/** A message into one dialog that is known already. */
export type DialogMessage = NewMessage & { dialogId: string; assistantId: string; channel: Channel; keyPrefix: string };

type Row = { message_id: string; dialog_id: string; seq: number; is_new: boolean; is_new_dialog: boolean };

/** Undefined when the assistant does not exist in the workspace. */
export async function insertIntoOpenDialog(
  db: Db,
  workspaceId: WorkspaceId,
  incoming: IncomingMessage,
  { now, isAnnounced = false }: { now: Date; isAnnounced?: boolean },
) {
  const { assistantId, channel, visitorKey, botId, visitorName, visitorUsername, visitorLocale, source } = incoming;
  const { businessConnectionId } = incoming;
  const message = messageValues(incoming, now);
  // What the team calls a visitor outlives what the channel says.
  const name = sql`coalesce((select p.name from visitor_profiles p where p.workspace_id = ${workspaceId}::uuid and p.channel = ${channel}
    and p.visitor_key = ${visitorKey}), ${storable(visitorName ?? "")}::text)`;
  const [row] = await executePrepared<Row>(
    db,
    sql`
    with repeated as (
      select m.id as message_id, m.dialog_id, m.seq from dialogs d join messages m on m.dialog_id = d.id and m.client_id = ${message.clientId}
      where d.assistant_id = ${assistantId}::uuid and d.channel = ${channel} and d.visitor_key = ${visitorKey} and d.status = 'open'
        and d.workspace_id = ${workspaceId}::uuid
    ), dialog as (
      insert into dialogs (id, workspace_id, assistant_id, channel, bot_id, visitor_key, visitor_name, visitor_username, visitor_locale, source,
        business_connection_id, epoch, message_seq, unread_count, last_message, last_message_at, created_at)
      select ${newId()}::uuid, a.workspace_id, a.id, ${channel}, ${botId ?? null}::uuid, ${visitorKey}, ${name}, ${visitorUsername ?? null}::text,
        ${visitorLocale ?? null}::text, ${source ?? null}::text, ${businessConnectionId ?? null}::text, 1, 1, ${channel === "preview" ? 0 : 1}::int, ${message.preview}, ${message.at}::timestamptz,
        ${message.at}::timestamptz
      from assistants a
      where a.id = ${assistantId}::uuid and a.workspace_id = ${workspaceId}::uuid and a.deleted_at is null and not exists (select from repeated)
      on conflict (assistant_id, channel, visitor_key) where status = 'open' do update set
        epoch = dialogs.epoch + 1, message_seq = dialogs.message_seq + 1, unread_count = dialogs.unread_count + excluded.unread_count,
        last_message = excluded.last_message, last_message_at = excluded.last_message_at, updated_at = excluded.last_message_at,
        visitor_name = coalesce(nullif(excluded.visitor_name, ''), dialogs.visitor_name),
        visitor_username = coalesce(excluded.visitor_username, dialogs.visitor_username),
        visitor_locale = coalesce(excluded.visitor_locale, dialogs.visitor_locale),
        bot_id = coalesce(excluded.bot_id, dialogs.bot_id), is_reachable = true, snoozed_until = null,
        business_connection_id = coalesce(excluded.business_connection_id, dialogs.business_connection_id)
      returning id, message_seq, message_seq = 1 as is_new
    ), ${insertMessage(workspaceId, message)}${isAnnounced ? sql`, ${listedEventCtes(workspaceId, arrival)}` : sql``}
    select message_id, dialog_id, seq, true as is_new, is_new_dialog from stored${isAnnounced ? sql` where (select count(*) from heard) > 0 and ${flushedLater} = 'off'` : sql``}
    union all select message_id, dialog_id, seq, false, false from repeated`,
  );
  return row && toReceived(row);
}

/** Where a client id was used before, in whatever dialog whose visitor key begins with `keyPrefix`. */
export async function findMessageByClientId(
  db: Db,
  workspaceId: WorkspaceId,
  wanted: Pick<DialogMessage, "assistantId" | "channel" | "keyPrefix" | "clientId">,
): Promise<ReceivedMessage | null> {
  const [row] = await executePrepared<Row>(
    db,
    sql`
    select m.id as message_id, m.dialog_id, m.seq, false as is_new, false as is_new_dialog
    from dialogs d join messages m on m.dialog_id = d.id and m.client_id = ${wanted.clientId}
    where d.workspace_id = ${workspaceId}::uuid and d.assistant_id = ${wanted.assistantId}::uuid and d.channel = ${wanted.channel}
      and starts_with(d.visitor_key, ${wanted.keyPrefix}) limit 1`,
  );
  return row ? toReceived(row) : null;
}

/** Undefined when there is no such dialog, `ended` when it takes no more messages. */
export async function insertIntoDialog(db: Db, workspaceId: WorkspaceId, incoming: DialogMessage, now: Date) {
  const { dialogId, assistantId, channel, keyPrefix } = incoming;
  const message = messageValues(incoming, now);
  const [row] = await executePrepared<Row & { status: "open" | "ended" }>(
    db,
    sql`
    with known as (
      select id, status from dialogs where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid
        and assistant_id = ${assistantId}::uuid and channel = ${channel} and starts_with(visitor_key, ${keyPrefix})
    ), repeated as (
      select m.id as message_id, m.dialog_id, m.seq from known join messages m on m.dialog_id = known.id and m.client_id = ${message.clientId}
    ), dialog as (
      update dialogs set epoch = epoch + 1, message_seq = message_seq + 1, last_message = ${message.preview},
        last_message_at = ${message.at}::timestamptz, updated_at = ${message.at}::timestamptz, snoozed_until = null
      where id = (select id from known) and status = 'open' and not exists (select from repeated)
      returning id, message_seq, false as is_new
    ), ${insertMessage(workspaceId, message)}
    select message_id, dialog_id, seq, is_new_dialog, true as is_new, known.status from known join stored on true
    union all select repeated.*, false, false, 'open' from repeated
    union all select null, id, 0, false, false, status from known where status = 'ended' and not exists (select from repeated)`,
  );
  if (!row) return undefined;
  return row.status === "ended" ? "ended" : toReceived(row);
}

/** What a stored message is announced as; nothing for a repeat. */
const arrival = sql`(select case when is_new_dialog
    then jsonb_build_array(jsonb_build_object('type', 'dialog.created', 'ids', jsonb_build_object('dialogId', dialog_id))) else '[]'::jsonb end
    || jsonb_build_object('type', 'message.new', 'ids', jsonb_build_object('dialogId', dialog_id, 'messageId', message_id)) from stored)`;

function insertMessage(workspaceId: WorkspaceId, message: ReturnType<typeof messageValues>): SQL {
  return sql`stored as (
      insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text, attachment, external_id, created_at)
      select ${newId()}::uuid, ${workspaceId}::uuid, dialog.id, dialog.message_seq, 'visitor', ${message.clientId}, ${message.text},
        ${message.attachment}::text::jsonb, ${message.externalId}::text, ${message.at}::timestamptz
      from dialog
      returning id as message_id, dialog_id, seq, seq = 1 as is_new_dialog
    )`;
}

function messageValues({ clientId, text, attachment, externalId }: NewMessage, now: Date) {
  const stored = storable(text);
  return {
    clientId,
    text: stored,
    attachment: attachment ? JSON.stringify(attachment) : null,
    externalId: externalId ?? null,
    preview: excerpt(stored || (attachment?.name ?? ""), dialogLimits.previewChars),
    at: now.toISOString(),
  };
}

function toReceived(row: Row): ReceivedMessage {
  return {
    dialogId: row.dialog_id,
    messageId: row.message_id,
    seq: row.seq,
    isNew: row.is_new,
    isNewDialog: row.is_new_dialog,
  };
}
