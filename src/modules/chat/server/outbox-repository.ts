import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DeliveryStep, StoredButtons } from "@/db/schema/outbox";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";

/** The parts that a message leaves as through a channel, in order. */
export type LeavingParts = {
  botId: string;
  parts: readonly { html: string; plain: string; buttons?: StoredButtons }[];
  /**
   * Set by a caller that will send the first part at once: how long it is taken to be alive. The statement that writes the
   * parts then takes that one for it, unless the bot has to be silent or something else of the dialog leaves first.
   */
  leaseMs?: number;
};

/** A part that was taken with the statement that wrote it, and what sending it needs. */
export type FirstPart = { id: string; messageId: string; tokenSealed: string; businessConnectionId: string | null };

type Leaving = LeavingParts & { dialogId: string; now: Date };

/** A member of a `with` list behind `gate`, the locked dialog: the bot that may send in it at this moment, or no row. */
export function senderCte(workspaceId: WorkspaceId, { dialogId, botId, now }: Leaving): SQL {
  return sql`sender as (
      select b.token_sealed, gate.business_connection_id
      from gate join bots b on b.id = gate.bot_id
      where b.id = ${botId}::uuid and b.workspace_id = ${workspaceId}::uuid and b.is_active and b.status <> 'invalid_token'
        and coalesce(b.quiet_until <= ${now.toISOString()}::timestamptz, true)
        and not exists (select from outbox_messages where dialog_id = ${dialogId}::uuid and state in ('queued', 'sending'))
    )`;
}

/** The first part that `outboxCte` wrote, when `senderCte` lets it be sent; else null. */
export const firstPart = sql`(select json_build_object('id', leaving.id, 'messageId', leaving.message_id, 'tokenSealed', sender.token_sealed,
      'businessConnectionId', sender.business_connection_id) from leaving, sender where leaving.state = 'sending')`;

/** A member of a `with` list that puts parts into the outbox for each message id of `source`, once. */
export function outboxCte(
  workspaceId: WorkspaceId,
  { dialogId, botId, parts, now, leaseMs = 0 }: Leaving,
  { source, isFirstTaken }: { source: SQL; isFirstTaken: boolean },
): SQL {
  const at = now.toISOString();
  const items = JSON.stringify(parts.map((part) => ({ id: newId(), ...part })));
  const queued = { state: "queued", at } satisfies DeliveryStep;
  const sending = { state: "sending", at } satisfies DeliveryStep;
  const leasedUntil = new Date(now.getTime() + leaseMs).toISOString();
  const isTaken = isFirstTaken ? sql`item.n = 1 and exists (select from sender)` : sql`false`;
  return sql`leaving as (
      insert into outbox_messages (id, workspace_id, dialog_id, message_id, bot_id, part, html, plain, buttons, state, attempts, leased_until, history,
        created_at, updated_at)
      select (item.part ->> 'id')::uuid, ${workspaceId}::uuid, ${dialogId}::uuid, source.id, ${botId}::uuid, item.n - 1, item.part ->> 'html',
        item.part ->> 'plain', item.part -> 'buttons', case when ${isTaken} then 'sending' else 'queued' end, case when ${isTaken} then 1 else 0 end,
        case when ${isTaken} then ${leasedUntil}::timestamptz end,
        case when ${isTaken} then ${JSON.stringify([queued, sending])}::text::jsonb else ${JSON.stringify([queued])}::text::jsonb end,
        ${at}::timestamptz, ${at}::timestamptz
      from ${source} source, jsonb_array_elements(${items}::text::jsonb) with ordinality as item(part, n)
      on conflict (message_id, part) do nothing returning id, message_id, state
    )`;
}

/** The same by itself, for a message that is there already. */
export async function insertLeaving(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  leaving: Leaving,
): Promise<void> {
  const source = sql`(select ${messageId}::uuid as id)`;
  await db.execute(
    sql`with ${outboxCte(workspaceId, leaving, { source, isFirstTaken: false })} select id from leaving`,
  );
}
