import type postgres from "postgres";
import type { WorkspaceId } from "@/lib/brand";

export type Size = { dialogs: number; messages: number };

type Seeded = { sql: postgres.Sql; workspaceId: WorkspaceId; assistantIds: string[]; operatorIds: string[] };

// Stems of a shop's talks; a few are in every third message, most are rare, as words are.
const WORDS =
  `заказ доставка оплата возврат посылка курьер адрес размер цвет цена скидка карта номер телефон магазин склад товар чек
гарантия обмен order delivery payment refund parcel courier address size colour price discount card number phone store`.split(
    /\s+/,
  );
const SYLLABLES = "ка ро ми ле ту са но ди по ве зу ги ля шо фе ба че ну кы жи".split(" ");
const RARE_WORDS = 6_000;
const SENTENCES = 20_000;

/** Deterministic, so that two runs measure the same rows. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function sentences(): string[] {
  const roll = dice(7);
  const pick = <T>(list: readonly T[], share = roll()): T | undefined => list[Math.floor(share * list.length)];
  const rare = Array.from({ length: RARE_WORDS }, () =>
    Array.from({ length: 2 + Math.floor(roll() * 3) }, () => pick(SYLLABLES)).join(""),
  );
  const word = () => (roll() < 0.35 ? pick(WORDS, roll() ** 2) : pick(rare, roll() ** 3));
  return Array.from({ length: SENTENCES }, () => Array.from({ length: 4 + Math.floor(roll() * 16) }, word).join(" "));
}

/**
 * A workspace as busy months leave it: dialogs of 4 to some 80 messages and a few of thousands, a third open, a queue, people
 * at work, past episodes, tags. Written by the database itself; foreign keys hold by construction.
 */
export async function seedWorkspace(
  { sql, workspaceId, assistantIds, operatorIds }: Seeded,
  size: Size,
): Promise<void> {
  await sql`create temp table if not exists sentence (n int primary key, words text)`;
  if ((await sql`select 1 from sentence limit 1`).length === 0)
    await sql`insert into sentence select ordinality - 1, words from unnest(${sentences()}::text[]) with ordinality as s (words, ordinality)`;
  await seedDialogs(sql, { workspaceId, assistantIds, operatorIds }, size);
  await seedMessages(sql, workspaceId);
  await seedTeamwork(sql, { workspaceId, operatorIds });
}

async function seedDialogs(
  sql: postgres.Sql,
  { workspaceId, assistantIds, operatorIds }: Omit<Seeded, "sql">,
  { dialogs, messages }: Size,
): Promise<void> {
  const usual = (messages * 0.9) / dialogs;
  await sql`
    insert into dialogs (id, workspace_id, assistant_id, channel, visitor_key, visitor_name, status, message_seq, unread_count,
      last_message, last_message_at, ended_at, closed_by, created_at)
    select gen_random_uuid(), ${workspaceId}, (${assistantIds}::uuid[])[1 + n % ${assistantIds.length}::int],
      case when n % 10 < 6 then 'telegram' when n % 10 < 9 then 'widget' else 'api' end, 'bench:' || n,
      case when n % 3 = 0 then '' else initcap((array['мария','иван','анна','алексей','olga','peter','дмитрий','елена'])[1 + n % 8]) || ' '
        || initcap((select split_part(words, ' ', 1) from sentence s where s.n = d.n % 20000)) end,
      case when n % 3 = 0 then 'open' else 'ended' end,
      -- One dialog in five hundred is fifty times as long as the rest.
      case when n % 500 = 0 then (${usual}::float * 50)::int else greatest(4, (${usual}::float * 2 * random())::int) end,
      case when n % 15 = 0 then 1 + n % 4 else 0 end, left((select words from sentence s where s.n = d.n % 20000), 200),
      now() - make_interval(secs => n * 60.0), case when n % 3 = 0 then null else now() - make_interval(secs => n * 60.0 - 30) end,
      case when n % 3 = 1 then (${operatorIds}::uuid[])[1 + n % ${operatorIds.length}::int] end, now() - make_interval(secs => n * 60.0 + 86400)
    from generate_series(1, ${dialogs}::int) d (n)`;
  await sql`update dialogs set last_message_at = date_trunc('milliseconds', last_message_at), ended_at = date_trunc('milliseconds', ended_at)
    where workspace_id = ${workspaceId}`;
}

async function seedMessages(sql: postgres.Sql, workspaceId: WorkspaceId): Promise<void> {
  await sql`
    insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text, created_at)
    select gen_random_uuid(), d.workspace_id, d.id, m.seq,
      case when m.seq % 11 = 10 then 'system' when m.seq % 2 = 1 then 'visitor' when m.seq % 8 = 6 then 'operator' else 'assistant' end,
      'bench:' || m.seq,
      s.words || case when m.seq % 20 = 1 then ' заказ ' || (100000 + abs(hashtext(d.id::text)) % 900000) else '' end,
      d.last_message_at - make_interval(secs => (d.message_seq - m.seq) * 40.0)
    from dialogs d cross join lateral generate_series(1, d.message_seq) m (seq)
      join sentence s on s.n = abs(hashtext(d.id::text) % 20000 + m.seq * 37) % 20000
    where d.workspace_id = ${workspaceId}`;
}

async function seedTeamwork(
  sql: postgres.Sql,
  { workspaceId, operatorIds }: Pick<Seeded, "workspaceId" | "operatorIds">,
): Promise<void> {
  const people = sql`(${operatorIds}::uuid[])[1 + n::int % ${operatorIds.length}::int]`;
  // Three dialogs for each person, and a queue of sixty.
  await sql`
    insert into handoff_sessions (id, workspace_id, dialog_id, reason, requested_at, taken_by, taken_at, created_at)
    select gen_random_uuid(), ${workspaceId}, id, 'keyword', date_trunc('milliseconds', now() - make_interval(secs => n * 7.0)),
      case when n > 60 then ${people} end, case when n > 60 then now() - make_interval(secs => n * 5.0) end, now()
    from (select id, row_number() over (order by last_message_at desc) as n from dialogs
      where workspace_id = ${workspaceId} and status = 'open' limit ${60 + operatorIds.length * 3}) d`;
  await sql`
    update dialogs d set handoff_status = case when s.taken_by is null then 'requested' else 'active' end
    from handoff_sessions s where s.dialog_id = d.id and s.ended_at is null and d.workspace_id = ${workspaceId}`;
  await sql`
    insert into handoff_sessions (id, workspace_id, dialog_id, reason, requested_at, taken_by, taken_at, ended_at, outcome, created_at)
    select gen_random_uuid(), ${workspaceId}, id, 'fallback', created_at, ${people}, created_at, created_at + interval '1 hour', 'released', created_at
    from (select id, created_at, row_number() over (order by id) as n from dialogs where workspace_id = ${workspaceId}) d where n % 4 = 0`;
  await sql`
    insert into dialog_tags (workspace_id, dialog_id, tag)
    select ${workspaceId}, id, (array['доставка','оплата','возврат','vip','жалоба'])[1 + n % 5] from
      (select id, (row_number() over (order by id))::int as n from dialogs where workspace_id = ${workspaceId}) d where n % 3 = 0`;
}
