import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DeliveryStep, StoredButtons } from "@/db/schema/outbox";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";

/** The parts that a message leaves as through a channel, in order. */
export type LeavingParts = {
  botId: string;
  parts: readonly { html: string; plain: string; buttons?: StoredButtons }[];
};

type Leaving = LeavingParts & { dialogId: string; now: Date };

/** A member of a `with` list that puts parts into the outbox for each message id of `source`, once. */
export function outboxCte(workspaceId: WorkspaceId, { dialogId, botId, parts, now }: Leaving, source: SQL): SQL {
  const items = JSON.stringify(parts.map((part) => ({ id: newId(), ...part })));
  const history = JSON.stringify([{ state: "queued", at: now.toISOString() } satisfies DeliveryStep]);
  return sql`leaving as (
      insert into outbox_messages (id, workspace_id, dialog_id, message_id, bot_id, part, html, plain, buttons, history, created_at, updated_at)
      select (item.part ->> 'id')::uuid, ${workspaceId}::uuid, ${dialogId}::uuid, source.id, ${botId}::uuid, item.n - 1, item.part ->> 'html',
        item.part ->> 'plain', item.part -> 'buttons', ${history}::text::jsonb, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
      from ${source} source, jsonb_array_elements(${items}::text::jsonb) with ordinality as item(part, n)
      on conflict (message_id, part) do nothing returning id
    )`;
}

/** The same by itself, for a message that is there already. */
export async function insertLeaving(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  leaving: Leaving,
): Promise<void> {
  const message = sql`(select ${messageId}::uuid as id)`;
  await db.execute(sql`with ${outboxCte(workspaceId, leaving, message)} select id from leaving`);
}
