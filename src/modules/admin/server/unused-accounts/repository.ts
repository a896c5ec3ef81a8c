import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { UserId } from "@/lib/brand";

export type UnusedAccount = { userId: UserId; email: string; isConfirmed: boolean; lastSeenAt: Date };

/**
 * Accounts without a sign of life since that instant. Never: staff; owners of a workspace that has other members, an
 * assistant, dialogs or bots; owners of a workspace with money, which is any entry but an untouched welcome bonus.
 * `userId` asks about one account and holds its row until the transaction ends.
 */
export async function listUnused(db: Db, before: Date, userId?: UserId): Promise<UnusedAccount[]> {
  const rows = await db.execute<{ id: string; email: string; is_confirmed: boolean; last_seen_at: string }>(sql`
    select u.id, u.email, u.confirmed_at is not null as is_confirmed,
      coalesce(u.last_activity_at, u.confirmed_at, u.created_at)::text as last_seen_at
    from users u
    where u.status = 'active' and u.role <> 'admin'
      and coalesce(u.last_activity_at, u.confirmed_at, u.created_at) < ${before.toISOString()}::timestamptz
      and ${userId === undefined ? sql`true` : sql`u.id = ${userId}::uuid`}
      and not exists (select 1 from messages m where m.user_id = u.id)
      and not exists (
        select 1 from workspace_members own join workspaces w on w.id = own.workspace_id and w.deleted_at is null
        where own.user_id = u.id and own.role = 'owner' and (
          exists (select 1 from workspace_members other where other.workspace_id = w.id and other.user_id <> u.id)
          or exists (select 1 from assistants a where a.workspace_id = w.id and a.deleted_at is null)
          or exists (select 1 from dialogs d where d.workspace_id = w.id)
          or exists (select 1 from bots b where b.workspace_id = w.id)
          or exists (select 1 from ledger_transactions t where t.workspace_id = w.id and t.kind <> 'welcome_bonus')
          or exists (select 1 from wallets x where x.workspace_id = w.id and x.available_micros + x.held_micros > (
            select coalesce(sum(e.amount_micros), 0) from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
            where e.workspace_id = w.id and t.kind = 'welcome_bonus' and e.account = 'available'))
        )
      )
    order by u.id
    ${userId === undefined ? sql`` : sql`for no key update of u`}`);
  // A row of `users` is where a UserId comes from.
  return rows.map((row) => ({
    userId: row.id as UserId,
    email: row.email,
    isConfirmed: row.is_confirmed,
    lastSeenAt: new Date(row.last_seen_at),
  }));
}
