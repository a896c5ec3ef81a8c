import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Channel } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";
import type { VisitorHoldings } from "@/modules/dialogs/visitors/contract";

export type Visitor = { channel: Channel; visitorKey: string };

export async function findVisitor(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
): Promise<(Visitor & { visitorName: string }) | undefined> {
  const [row] = await db.execute<Visitor & { visitorName: string }>(sql`
    select channel, visitor_key as "visitorKey", visitor_name as "visitorName" from dialogs
    where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid`);
  return row;
}

/** The ids of all dialogs of the person, oldest first. Their rows are held until the transaction ends when `isLocked`. */
export async function listDialogIds(
  db: Db,
  workspaceId: WorkspaceId,
  visitor: Visitor,
  { isLocked }: { isLocked: boolean },
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select d.id from dialogs d where ${ofPerson(workspaceId, visitor)} order by d.id ${isLocked ? sql`for update` : sql``}`);
  return rows.map(({ id }) => id);
}

export async function countHoldings(
  db: Db,
  workspaceId: WorkspaceId,
  visitor: Visitor,
): Promise<Omit<VisitorHoldings, "visitorName">> {
  const [row] = await db.execute<Omit<VisitorHoldings, "visitorName">>(sql`
    with own as (select d.id from dialogs d where ${ofPerson(workspaceId, visitor)})
    select (select count(*)::int from own) as "dialogCount",
      (select count(*)::int from messages m where m.dialog_id in (select id from own)) as "messageCount",
      (select count(*)::int from dialog_notes n where n.dialog_id in (select id from own)) as "noteCount",
      (select count(*)::int from messages m where m.dialog_id in (select id from own) and m.attachment is not null
        and (m.attachment ? 'fileId' or m.attachment ? 'storageKey')) as "fileCount"`);
  return row ?? { dialogCount: 0, messageCount: 0, noteCount: 0, fileCount: 0 };
}

/** The keys of files that we keep for these dialogs ourselves. */
export async function listStoredFiles(
  db: Db,
  workspaceId: WorkspaceId,
  dialogIds: readonly string[],
): Promise<string[]> {
  const rows = await db.execute<{ key: string }>(sql`
    select f.storage_key::text as key from reply_files f where f.workspace_id = ${workspaceId}::uuid and f.dialog_id in (${listed(dialogIds)})
    union select m.attachment ->> 'storageKey' from messages m
      where m.workspace_id = ${workspaceId}::uuid and m.dialog_id in (${listed(dialogIds)}) and m.attachment ? 'storageKey'`);
  return rows.map(({ key }) => key);
}

/**
 * Removes the dialogs with all that hangs on them, the name that the team gave the person, and letters that quoted the
 * dialogs. Money rows refer to dialogs by number alone and stay. Returns how many episodes with people ended by it.
 */
export async function deletePerson(
  db: Db,
  workspaceId: WorkspaceId,
  visitor: Visitor,
  dialogIds: readonly string[],
): Promise<{ openEpisodes: number }> {
  const ids = listed(dialogIds);
  const open = await db.execute(sql`
    select 1 from handoff_sessions s where s.workspace_id = ${workspaceId}::uuid and s.dialog_id in (${ids}) and s.ended_at is null`);
  await db.execute(sql`
    delete from emails e where e.workspace_id = ${workspaceId}::uuid and exists (
      select from dialogs d where d.id in (${ids}) and strpos(e.payload ->> 'url', d.id::text) > 0)`);
  await db.execute(sql`delete from dialogs where workspace_id = ${workspaceId}::uuid and id in (${ids})`);
  await db.execute(sql`
    delete from visitor_profiles d where ${ofPerson(workspaceId, visitor)}`);
  return { openEpisodes: open.length };
}

// In Telegram one person has a key for each bot, chat and topic; the fourth part is the person.
function ofPerson(workspaceId: WorkspaceId, { channel, visitorKey }: Visitor): SQL {
  const isSame =
    channel === "telegram"
      ? sql`split_part(d.visitor_key, ':', 4) = split_part(${visitorKey}::text, ':', 4) and (d.visitor_key = ${visitorKey} or split_part(d.visitor_key, ':', 4) <> '')`
      : sql`d.visitor_key = ${visitorKey}`;
  return sql`d.workspace_id = ${workspaceId}::uuid and d.channel = ${channel} and ${isSame}`;
}

function listed(ids: readonly string[]): SQL {
  return sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
}
