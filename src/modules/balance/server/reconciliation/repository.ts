import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Locale } from "@/lib/locales";

export type Mismatch = {
  workspaceId: string;
  check: "wallet" | "holds" | "transactions" | "answers" | "documents" | "charges";
  /** What the books say, and what was found beside them; micros or a number of rows. */
  expected: number;
  found: number;
};

/*
 * Each check is one statement, so that it sees one moment: money moves in transactions that write all sides at once.
 * They look at the whole platform; the rows name the workspaces.
 */
export async function findMismatches(db: Db): Promise<Mismatch[]> {
  const found = [];
  for (const check of [wallets, openHolds, lopsided, unpaidAnswers, documentsPaid, strayCharges]) {
    found.push(...(await db.execute<Mismatch>(check)));
  }
  return found;
}

// The entries of the two accounts of a workspace sum to its wallet.
const wallets = sql`
  select w.workspace_id as "workspaceId", 'wallet' as check, (coalesce(l.available, 0) + coalesce(l.held, 0))::float8 as expected,
    (w.available_micros + w.held_micros)::float8 as found
  from wallets w left join (
    select workspace_id, sum(amount_micros) filter (where account = 'available') as available,
      sum(amount_micros) filter (where account = 'held') as held
    from ledger_entries where account in ('available', 'held') group by workspace_id
  ) l using (workspace_id)
  where (w.available_micros, w.held_micros) is distinct from (coalesce(l.available, 0), coalesce(l.held, 0))`;

// What is held is what the open holds stand for.
const openHolds = sql`
  select w.workspace_id as "workspaceId", 'holds' as check, coalesce(h.price, 0)::float8 as expected, w.held_micros::float8 as found
  from wallets w left join (
    select workspace_id, sum(price_micros) as price from holds where state = 'open' group by workspace_id
  ) h using (workspace_id)
  where w.held_micros <> coalesce(h.price, 0)`;

const lopsided = sql`
  select workspace_id as "workspaceId", 'transactions' as check, 0::float8 as expected, count(*)::float8 as found from (
    select workspace_id, transaction_id from ledger_entries group by workspace_id, transaction_id having sum(amount_micros) <> 0
  ) t group by workspace_id`;

// A captured hold has a delivered answer that says the same price. Dialogs that were deleted took their generations with them.
const unpaidAnswers = sql`
  select h.workspace_id as "workspaceId", 'answers' as check, 0::float8 as expected, count(*)::float8 as found
  from holds h join generations g on g.id = h.reference_id left join messages m on m.id = g.answer_message_id
  where h.reference_kind = 'generation' and h.state = 'captured'
    and (g.state <> 'delivered' or m.charge_micros is distinct from h.price_micros)
  group by h.workspace_id`;

// A document is paid exactly when it could be read. One without a hold is older than its price.
const documentsPaid = sql`
  select d.workspace_id as "workspaceId", 'documents' as check, 0::float8 as expected, count(*)::float8 as found
  from documents d join holds h on h.workspace_id = d.workspace_id and h.reference_kind = 'document' and h.reference_id = d.charge_id
  where (d.status in ('ready', 'quarantined')) <> (h.state = 'captured')
  group by d.workspace_id`;

// Every answer that costs something has exactly one charge of that amount, and every charge of an answer is of one there is.
const strayCharges = sql`
  select workspace_id as "workspaceId", 'charges' as check, 0::float8 as expected, count(*)::float8 as found from (
    select m.workspace_id from messages m left join lateral (
      select count(*) as times, sum(e.amount_micros) as amount from ledger_transactions t
        join ledger_entries e on e.transaction_id = t.id and e.account = 'revenue'
      where t.workspace_id = m.workspace_id and t.kind = 'charge_answer' and t.idempotency_key = 'answer:' || m.reply_to_id
    ) paid on true
    where m.charge_micros > 0 and (paid.times <> 1 or paid.amount is distinct from m.charge_micros)
    union all
    select m.workspace_id from ledger_transactions t join messages m on m.id::text = t.reference_id
    where t.kind = 'charge_answer' and coalesce(m.charge_micros, 0) = 0
  ) stray group by workspace_id`;

/** Who is told when the books do not agree. */
export async function listStaff(db: Db) {
  return db.execute<{ id: string; email: string; locale: Locale }>(
    sql`select id, email, locale from users where role = 'admin' and status = 'active'`,
  );
}
