import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssistantLanguage } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";

export type RestedDialog = {
  id: string;
  workspaceId: WorkspaceId;
  botId: string;
  visitorKey: string;
  visitorLocale: string | null;
  language: AssistantLanguage;
  lastMessageAt: string;
};

/** Private talks of all tenants whose last word was an answer of the assistant or a person that arrived, never asked before. */
export async function listRested(
  db: Db,
  window: { before: Date; after: Date; limit: number },
): Promise<RestedDialog[]> {
  // Each row names its own tenant, and everything that is done with it stays there.
  const rows = await db.execute<RestedDialog>(sql`
    select d.id, d.workspace_id as "workspaceId", d.bot_id as "botId", d.visitor_key as "visitorKey", d.visitor_locale as "visitorLocale",
      a.language, d.last_message_at as "lastMessageAt"
    from dialogs d
      join bots b on b.id = d.bot_id and b.is_active and b.status <> 'invalid_token'
      join assistants a on a.id = d.assistant_id and a.deleted_at is null
      cross join lateral (
        select m.author, m.reply_to_id, m.delivery from messages m where m.dialog_id = d.id and m.author <> 'system' order by m.seq desc limit 1) last
    where d.channel = 'telegram' and d.status = 'open' and d.rating_asked_at is null and d.handoff_status = 'none' and d.is_reachable
      and d.last_message_at <= ${window.before.toISOString()}::timestamptz and d.last_message_at > ${window.after.toISOString()}::timestamptz
      and d.business_connection_id is null and d.visitor_key ~ '^tg:[0-9]+:[0-9]+:'
      and last.delivery = 'sent' and (last.author = 'operator' or last.author = 'assistant' and last.reply_to_id is not null)
    order by d.last_message_at limit ${window.limit}::int`);
  return [...rows];
}

/** Marks the dialog as asked. False when another worker did, the talk went on, or the visitor was asked lately elsewhere. */
export async function claimRatingRequest(
  db: Db,
  workspaceId: WorkspaceId,
  dialog: Pick<RestedDialog, "id" | "visitorKey" | "lastMessageAt">,
  { now, askedSince }: { now: Date; askedSince: Date },
): Promise<boolean> {
  const rows = await db.execute(sql`
    update dialogs d set rating_asked_at = ${now.toISOString()}::timestamptz
    where d.id = ${dialog.id}::uuid and d.workspace_id = ${workspaceId}::uuid and d.rating_asked_at is null
      and d.status = 'open' and d.handoff_status = 'none' and d.last_message_at = ${dialog.lastMessageAt}::timestamptz
      and not exists (select 1 from dialogs other where other.workspace_id = ${workspaceId}::uuid and other.visitor_key = ${dialog.visitorKey}
        and other.rating_asked_at > ${askedSince.toISOString()}::timestamptz)
    returning d.id`);
  return rows.length > 0;
}
