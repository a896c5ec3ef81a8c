import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Channel, LedgerKind, Service } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";
import type { LedgerEntry } from "../../contract";
import type { EntrySort } from "../../limits";

/** A wallet with what is needed to say how far it reaches, in one read. */
export async function findReach(db: Db, workspaceId: WorkspaceId) {
  const [row] = await db.execute<{
    availableMicros: number;
    heldMicros: number;
    timeZone: string;
    answerMicros: number | null;
  }>(sql`
    select w.available_micros::float8 as "availableMicros", w.held_micros::float8 as "heldMicros", s.time_zone as "timeZone",
      (select price_micros::float8 from service_prices where service = 'answer_widget' and is_active) as "answerMicros"
    from wallets w join workspaces s on s.id = w.workspace_id where w.workspace_id = ${workspaceId}::uuid`);
  return row;
}

/** The welcome bonus of a workspace, if it got one. */
export async function findWelcome(db: Db, workspaceId: WorkspaceId) {
  const [row] = await db.execute<{ amountMicros: number; at: string }>(sql`
    select e.amount_micros::float8 as "amountMicros", t.created_at as at
    from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.account = 'available'
    where t.workspace_id = ${workspaceId}::uuid and t.idempotency_key = 'welcome:' || ${workspaceId}`);
  return row && { amountMicros: row.amountMicros, at: new Date(row.at) };
}

export type KindTotal = {
  kind: LedgerKind;
  count: number;
  /** From the wallet's point of view. */
  amountMicros: number;
  monthCount: number;
  monthMicros: number;
  weekMicros: number;
  firstAt: Date;
};

/** What each kind of transaction moved: ever, since the month began and since the week began. Holds move nothing. */
export async function sumByKind(
  db: Db,
  workspaceId: WorkspaceId,
  since: { month: Date; week: Date },
): Promise<KindTotal[]> {
  const isMonth = sql`t.created_at >= ${since.month.toISOString()}::timestamptz`;
  const isWeek = sql`t.created_at >= ${since.week.toISOString()}::timestamptz`;
  const rows = await db.execute<Omit<KindTotal, "firstAt"> & { firstAt: string }>(sql`
    select t.kind, count(*)::int as count, -sum(e.amount_micros)::float8 as "amountMicros",
      count(*) filter (where ${isMonth})::int as "monthCount",
      -coalesce(sum(e.amount_micros) filter (where ${isMonth}), 0)::float8 as "monthMicros",
      -coalesce(sum(e.amount_micros) filter (where ${isWeek}), 0)::float8 as "weekMicros", min(t.created_at) as "firstAt"
    from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.account not in ('available', 'held')
    where t.workspace_id = ${workspaceId}::uuid and t.kind not in ('hold', 'release')
    group by t.kind`);
  return rows.map((row) => ({ ...row, firstAt: new Date(row.firstAt) }));
}

export type EntryQuery = {
  kinds: { only: readonly LedgerKind[] } | { without: readonly LedgerKind[] };
  from: Date | null;
  to: Date | null;
  search: string | null;
  sort: EntrySort;
  order: "asc" | "desc";
  after: { key: string; id: string } | null;
  limit: number;
  /** Whether each row is to say what the wallet had after it, which has to be counted from now back to the row. */
  tellsBalance: boolean;
};

export type EntryRow = LedgerEntry & { /** Where a page that ends here goes on. */ sortKey: string };

// A reference is an id of ours for these kinds of work only; payments have ids of their providers.
const referenceId = sql`case when t.reference_kind in ('generation', 'document') then t.reference_id::uuid end`;

const SORT_KEY: Record<EntrySort, { value: SQL; text: SQL; parse: (key: string) => SQL }> = {
  date: {
    value: sql`t.created_at`,
    // Whole microseconds, as the column has them: a rounded cursor would skip or repeat rows.
    text: sql`(extract(epoch from t.created_at) * 1000000)::bigint::text`,
    parse: (key) => sql`timestamptz 'epoch' + ${key}::bigint * interval '1 microsecond'`,
  },
  amount: { value: sql`own.amount`, text: sql`own.amount::text`, parse: (key) => sql`${key}::numeric` },
  kind: { value: sql`t.kind`, text: sql`t.kind`, parse: (key) => sql`${key}::text` },
};

/** A page of the ledger with the things its rows are about, in one statement. */
export async function listEntryRows(db: Db, workspaceId: WorkspaceId, query: EntryQuery): Promise<EntryRow[]> {
  const key = SORT_KEY[query.sort];
  const isDescending = query.order === "desc";
  const order = sql.raw(isDescending ? "desc" : "asc");
  const tellsBalance = query.tellsBalance && query.sort === "date" && isDescending;
  const rows = await db.execute<Omit<EntryRow, "createdAt"> & { createdAt: string }>(sql`
    with picked as (
      select t.*, own.amount, own.held, ${referenceId} as about, ${key.text} as sort_key, row_number() over (order by ${key.value} ${order}, t.id ${order}) as place
      from ledger_transactions t cross join lateral (
        select coalesce(sum(e.amount_micros), 0) as amount, coalesce(sum(e.amount_micros) filter (where e.account = 'held'), 0) as held
        from ledger_entries e where e.transaction_id = t.id and e.account in ('available', 'held')
      ) own
      where ${sql.join(conditions(workspaceId, query), sql` and `)}
      order by ${key.value} ${order}, t.id ${order} limit ${query.limit}::int
    )${tellsBalance ? balanceCte(workspaceId) : sql``}
    select ${entryColumns}, p.sort_key as "sortKey",
      ${tellsBalance ? sql`(select w.available_micros + w.held_micros from wallets w where w.workspace_id = p.workspace_id)::float8 - newer.amount::float8` : sql`null::float8`} as "balanceMicros"
    from picked p ${entryJoins} ${tellsBalance ? sql`join newer on newer.id = p.id` : sql``}
    order by p.place`);
  return rows.map(withDate);
}

/** One transaction with the hold that it came from. */
export async function findReceiptRow(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db.execute<
    Omit<LedgerEntry, "createdAt" | "balanceMicros"> & {
      createdAt: string;
      priceMicros: number | null;
      service: Service | null;
      heldAt: string | null;
    }
  >(sql`
    with picked as (
      select t.*, own.amount, own.held, ${referenceId} as about from ledger_transactions t cross join lateral (
        select coalesce(sum(e.amount_micros), 0) as amount, coalesce(sum(e.amount_micros) filter (where e.account = 'held'), 0) as held
        from ledger_entries e where e.transaction_id = t.id and e.account in ('available', 'held')
      ) own where t.workspace_id = ${workspaceId}::uuid and t.id = ${id}::uuid
    )
    select ${entryColumns}, h.price_micros::float8 as "priceMicros", h.service, h.created_at as "heldAt"
    from picked p ${entryJoins} left join holds h on h.workspace_id = p.workspace_id and h.reference_kind = p.reference_kind
      and h.reference_id = case p.kind when 'charge_answer' then (select made.id from generations made where made.answer_message_id = m.id limit 1)
        when 'charge_document' then doc.charge_id else p.about end`);
  return (
    row && {
      ...row,
      balanceMicros: null,
      createdAt: new Date(row.createdAt),
      heldAt: row.heldAt === null ? null : new Date(row.heldAt),
    }
  );
}

const entryColumns = sql`p.id, p.kind, p.amount::float8 as "amountMicros", p.held::float8 * (p.kind in ('hold', 'release'))::int as "reservedMicros",
  p.description, p.created_at as "createdAt", d.id as "dialogId", coalesce(m.id, g.answer_message_id) as "messageId", d.channel,
  a.name as "assistantName", d.visitor_name as "visitorName", doc.id as "documentId", doc.name as "documentName"`;

// A charge is about the answer or the document, a hold about the attempt at it.
const entryJoins = sql`
  left join messages m on p.kind = 'charge_answer' and m.id = p.about and m.workspace_id = p.workspace_id
  left join generations g on p.kind in ('hold', 'release') and p.reference_kind = 'generation' and g.id = p.about and g.workspace_id = p.workspace_id
  left join documents doc on p.reference_kind = 'document' and doc.workspace_id = p.workspace_id and p.about in (doc.id, doc.charge_id)
  left join dialogs d on d.id = coalesce(m.dialog_id, g.dialog_id) and d.workspace_id = p.workspace_id
  left join assistants a on a.id = coalesce(d.assistant_id, doc.assistant_id) and a.workspace_id = p.workspace_id`;

// What came after each row, whatever the filter hides: the wallet less that is what it had then. One pass, however far back.
function balanceCte(workspaceId: WorkspaceId): SQL {
  return sql`, moved as (
      select t.id, t.created_at, (
        select coalesce(sum(e.amount_micros), 0) from ledger_entries e where e.transaction_id = t.id and e.account in ('available', 'held')
      ) as amount
      from ledger_transactions t
      where t.workspace_id = ${workspaceId}::uuid and (t.kind not in ('hold', 'release') or t.id in (select id from picked))
        and (t.created_at, t.id) >= (select created_at, id from picked order by place desc limit 1)
    ), newer as (
      select moved.id, coalesce(sum(moved.amount) over (
        order by moved.created_at desc, moved.id desc rows between unbounded preceding and 1 preceding), 0) as amount from moved
    )`;
}

function conditions(workspaceId: WorkspaceId, { kinds, from, to, search, sort, order, after }: EntryQuery): SQL[] {
  const key = SORT_KEY[sort];
  const found: (SQL | null)[] = [
    sql`t.workspace_id = ${workspaceId}::uuid`,
    kindCondition(kinds),
    from && sql`t.created_at >= ${from.toISOString()}::timestamptz`,
    to && sql`t.created_at < ${to.toISOString()}::timestamptz`,
    search ? matches(search) : null,
    after &&
      sql`(${key.value}, t.id) ${sql.raw(order === "desc" ? "<" : ">")} (${key.parse(after.key)}, ${after.id}::uuid)`,
  ];
  return found.filter((condition) => condition !== null);
}

function kindCondition(kinds: EntryQuery["kinds"]): SQL | null {
  const listed = "only" in kinds ? kinds.only : kinds.without;
  if (listed.length === 0) return null;
  const list = sql.join(
    listed.map((kind) => sql`${kind}`),
    sql`, `,
  );
  return "only" in kinds ? sql`t.kind in (${list})` : sql`t.kind not in (${list})`;
}

function matches(search: string): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(t.description ilike ${pattern} or t.id::text = ${search.toLowerCase()} or t.reference_id = ${search.toLowerCase()}
    or exists (select from documents doc where t.reference_kind = 'document' and doc.workspace_id = t.workspace_id
      and ${referenceId} in (doc.id, doc.charge_id) and doc.name ilike ${pattern})
    or exists (select from messages m join dialogs d on d.id = m.dialog_id join assistants a on a.id = d.assistant_id
      where t.kind = 'charge_answer' and m.id = ${referenceId} and m.workspace_id = t.workspace_id
        and (d.visitor_name ilike ${pattern} or a.name ilike ${pattern})))`;
}

function withDate<Row extends { createdAt: string; channel: Channel | null }>(row: Row) {
  return { ...row, createdAt: new Date(row.createdAt) };
}
