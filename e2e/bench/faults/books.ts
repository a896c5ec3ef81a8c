import type postgres from "postgres";

/** Everything that the product wrote down about the run. */
export type Books = {
  updates: { bot: number; updateId: number; state: string; error: string | null }[];
  messages: {
    id: string;
    dialogId: string;
    bot: number;
    chatId: number;
    seq: number;
    author: string;
    clientId: string;
    text: string;
  }[];
  parts: {
    messageId: string;
    dialogId: string;
    bot: number;
    chatId: number;
    seq: number;
    part: number;
    html: string;
    state: string;
    externalId: string | null;
    error: string | null;
  }[];
  money: Money;
};

export type Money = {
  answers: number;
  charges: number;
  unpaid: number;
  paidTwice: number;
  foreign: number;
  sumMicros: string;
  lopsided: number;
  disagreeing: number;
  negative: number;
  openHolds: number;
};

const CHAT = "split_part(d.visitor_key, ':', 3)::bigint::float8";

/** Reads the books. Integers of Telegram fit into a double; the ledger's sum stays text. */
export async function readBooks(sql: postgres.Sql): Promise<Books> {
  const updates = await sql<Books["updates"]>`
    select b.telegram_id::float8 as bot, u.update_id::float8 as "updateId", u.state, u.error
    from telegram_updates u join bots b on b.id = u.bot_id`;
  const messages = await sql<Books["messages"]>`
    select m.id, m.dialog_id as "dialogId", b.telegram_id::float8 as bot, ${sql.unsafe(CHAT)} as "chatId", m.seq, m.author,
      m.client_id as "clientId", m.text
    from messages m join dialogs d on d.id = m.dialog_id join bots b on b.id = d.bot_id order by m.dialog_id, m.seq`;
  const parts = await sql<Books["parts"]>`
    select o.message_id as "messageId", o.dialog_id as "dialogId", b.telegram_id::float8 as bot, ${sql.unsafe(CHAT)} as "chatId", m.seq, o.part,
      o.html, o.state, o.external_id as "externalId", o.error
    from outbox_messages o join dialogs d on d.id = o.dialog_id join bots b on b.id = d.bot_id join messages m on m.id = o.message_id
    order by o.dialog_id, m.seq, o.part`;
  return { updates: [...updates], messages: [...messages], parts: [...parts], money: await readMoney(sql) };
}

async function readMoney(sql: postgres.Sql): Promise<Money> {
  const [row] = await sql<Money[]>`
    with answers as (
      select m.id, (select count(*) from ledger_transactions t where t.kind = 'charge_answer' and t.reference_id = m.id::text) as charges
      from messages m where m.author = 'assistant'
    ), sums as (
      select workspace_id, coalesce(sum(amount_micros) filter (where account = 'available'), 0) as available,
        coalesce(sum(amount_micros) filter (where account = 'held'), 0) as held
      from ledger_entries group by 1
    )
    select (select count(*) from answers)::int as answers,
      (select count(*) from ledger_transactions where kind = 'charge_answer')::int as charges,
      (select count(*) from answers where charges = 0)::int as unpaid,
      (select count(*) from answers where charges > 1)::int as "paidTwice",
      (select count(*) from ledger_transactions t where t.kind = 'charge_answer'
        and not exists (select from answers where id::text = t.reference_id))::int as foreign,
      (select coalesce(sum(amount_micros), 0)::text from ledger_entries) as "sumMicros",
      (select count(*) from (select 1 from ledger_entries group by transaction_id having sum(amount_micros) <> 0) t)::int as lopsided,
      (select count(*) from wallets w left join sums s using (workspace_id)
        where w.available_micros <> coalesce(s.available, 0) or w.held_micros <> coalesce(s.held, 0))::int as disagreeing,
      (select count(*) from wallets where available_micros < 0 or held_micros < 0)::int as negative,
      (select count(*) from holds where state = 'open')::int as "openHolds"`;
  if (!row) throw new Error("The ledger told nothing.");
  return row;
}

/** What still has to happen; all zero once the run has settled. */
export type Unsettled = { updates: number; parts: number; generations: number; holds: number; jobs: number };

export async function readUnsettled(sql: postgres.Sql): Promise<Unsettled> {
  const [row] = await sql<Unsettled[]>`
    select (select count(*) from telegram_updates where state = 'recorded')::int as updates,
      (select count(*) from outbox_messages where state in ('queued', 'sending'))::int as parts,
      (select count(*) from generations where state = 'running')::int as generations,
      (select count(*) from holds where state = 'open')::int as holds,
      (select count(*) from lane_jobs
        where name in ('bots.process-update', 'bots.answer-dialog', 'bots.deliver') and failed_at is null)::int as jobs`;
  if (!row) throw new Error("The database told nothing.");
  return row;
}

/** Jobs that used up their attempts. One without an error or a key was replaced by another while it ran, where there are no lanes. */
export async function listDeadJobs(sql: postgres.Sql): Promise<{ task: string; error: string | null }[]> {
  return sql`
    select task_identifier as task, last_error as error from graphile_worker.jobs
    where attempts >= max_attempts and (last_error is not null or key is not null)
    union all
    select name, last_error from lane_jobs where failed_at is not null`;
}
