import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { withMentionNames } from "@/modules/dialogs/mentions/rules";
import { foundDialogs, isCommon, saidInDialog } from "@/modules/dialogs/server/search";
import type { Holder } from "@/modules/handoff/contract";
import type { InboxCounts, InboxFilter, InboxItem } from "@/modules/handoff/inbox/contract";
import type { InboxView } from "@/modules/handoff/inbox/limits";
import { sortOf } from "@/modules/handoff/inbox/rules";
import { slaMs } from "@/modules/handoff/rules";

type Person = { workspaceId: WorkspaceId; userId: string };
type Place = { at: Date; id: string };

type Wanted = InboxFilter & { now: Date; limit: number; before?: Place; dialogIds?: readonly string[] };

type Row = Omit<InboxItem, "note" | "assignee" | "lastMessageAt" | "waitingSince" | "snoozedUntil" | "at"> & {
  note: string | null;
  noteAuthor: string | null;
  noteMentions: Holder[] | null;
  assigneeId: string | null;
  assigneeName: string | null;
  lastMessageAt: string | null;
  waitingSince: string | null;
  snoozedUntil: string | null;
  at: string;
};

// How many dialogs are looked into one by one before the index is asked after all.
const WALKED = 500;
// More than a line of the list shows.
const NOTE_CHARS = 500;

/**
 * The rows of one page in the view's order. One statement; a search first asks the planner how common its words are, and only
 * words that are common apart but rare together need a third and a fourth.
 */
export async function listRows(db: Db, person: Person, wanted: Wanted): Promise<InboxItem[]> {
  const { search, limit } = wanted;
  if (!search || !(await isCommon(db, person.workspaceId, search))) return readPage(db, person, wanted, foundPage);
  const rows = await readPage(db, person, wanted, walkedPage);
  if (rows.length >= limit || (await countUpTo(db, person, wanted, WALKED)) < WALKED) return rows;
  return readPage(db, person, wanted, foundPage);
}

type PageCtes = (person: Person, wanted: Wanted) => SQL;

const foundPage: PageCtes = (person, wanted) => {
  const { search, limit } = wanted;
  const conditions = conditionsOf(person, wanted);
  if (!search) return sql`page as materialized (${candidates(person, wanted, conditions, limit)})`;
  return sql`found as materialized (${foundDialogs(person.workspaceId, search)}),
    page as materialized (${candidates(person, wanted, [...conditions, sql`d.id in (select id from found)`], limit)})`;
};

const walkedPage: PageCtes = (person, wanted) => sql`page as materialized (
  select d.id, d.session_id, d.at, d.since
  from (${candidates(person, wanted, conditionsOf(person, wanted), WALKED)}) d
  where ${saidInDialog(person.workspaceId, wanted.search ?? "")} order by ${orderOf(wanted)} limit ${wanted.limit})`;

function candidates(person: Person, wanted: Wanted, conditions: SQL[], limit: number): SQL {
  return sql`
    select d.id, s.id as session_id, ${keyOf(wanted.view)} as at, w.since, d.workspace_id, d.channel, d.visitor_key, d.visitor_name,
      d.visitor_username
    ${sourceOf(wanted.view, person)} ${waitOf}
    where ${sql.join(conditions, sql` and `)} order by ${orderOf(wanted)} limit ${limit}`;
}

async function countUpTo(db: Db, person: Person, wanted: Wanted, limit: number): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (${candidates(person, wanted, conditionsOf(person, wanted), limit)}) d`,
  );
  return row?.n ?? 0;
}

async function readPage(db: Db, person: Person, wanted: Wanted, pageOf: PageCtes): Promise<InboxItem[]> {
  const rows = await db.execute<Row>(sql`
    with ${pageOf(person, wanted)}
    select d.id, d.channel, a.name as "assistantName", coalesce(v.name, d.visitor_name) as "visitorName", d.status,
      d.handoff_status as "handoffStatus", d.unread_count as "unreadCount", d.last_message as "lastMessage",
      d.last_message_at as "lastMessageAt", case when d.last_message = '' then l.attachment ->> 'kind' end as "lastAttachment",
      l.author as "lastAuthor", coalesce(l.author = 'operator' and l.user_id = ${person.userId}::uuid, false) as "isLastMine",
      r.text as draft, n.text as note, n.author as "noteAuthor", n.mentions as "noteMentions", s.reason,
      case when ${isAside(wanted.now)} is not true then p.since end as "waitingSince",
      case when ${isAside(wanted.now)} then d.snoozed_until end as "snoozedUntil",
      s.taken_by as "assigneeId", u.name as "assigneeName", p.at,
      array(select t.tag from dialog_tags t where t.dialog_id = d.id order by t.tag) as tags
    from page p
      join dialogs d on d.id = p.id
      join assistants a on a.id = d.assistant_id
      left join handoff_sessions s on s.id = p.session_id
      left join users u on u.id = s.taken_by
      left join visitor_profiles v on v.workspace_id = d.workspace_id and v.channel = d.channel and v.visitor_key = d.visitor_key
      left join reply_drafts r on r.dialog_id = d.id and r.user_id = ${person.userId}::uuid and r.kind = 'reply' and r.text <> ''
      left join lateral (select m.author, m.user_id, m.attachment from messages m
        where m.dialog_id = d.id and m.author <> 'system' and m.removed_at is null order by m.seq desc limit 1) l on true
      left join lateral (select left(x.text, ${NOTE_CHARS}::int) as text, xu.name as author,
          (select json_agg(json_build_object('userId', mu.id, 'name', mu.name)) 
            from workspace_members w join users mu on mu.id = w.user_id
            where w.workspace_id = d.workspace_id and x.text like '%@[%' and position(w.user_id::text in x.text) > 0) as mentions
        from dialog_notes x left join users xu on xu.id = x.user_id
        where x.dialog_id = d.id and x.created_at > d.last_message_at order by x.created_at desc limit 1) n on true
    order by ${orderOf(wanted)}`);
  return [...rows].map(toItem);
}

function toItem({ note, noteAuthor, noteMentions, assigneeId, assigneeName, ...row }: Row): InboxItem {
  return {
    ...row,
    note: note === null ? null : { text: withMentionNames(note, noteMentions ?? []), authorName: noteAuthor },
    assignee: assigneeId === null ? null : { userId: assigneeId, name: assigneeName ?? "" },
    lastMessageAt: row.lastMessageAt === null ? null : new Date(row.lastMessageAt),
    waitingSince: row.waitingSince === null ? null : new Date(row.waitingSince),
    snoozedUntil: row.snoozedUntil === null ? null : new Date(row.snoozedUntil),
    at: new Date(row.at),
  };
}

const openSession = sql`handoff_sessions s on s.dialog_id = d.id and s.ended_at is null`;

function sourceOf(view: InboxView, { workspaceId, userId }: Person): SQL {
  if (view === "queue" || view === "mine" || view === "snoozed")
    return sql`from handoff_sessions s join dialogs d on d.id = s.dialog_id`;
  if (view !== "mentions") return sql`from dialogs d left join ${openSession}`;
  return sql`from (select x.dialog_id, max(x.created_at) as at from note_mentions x
    where x.workspace_id = ${workspaceId}::uuid and x.user_id = ${userId}::uuid group by x.dialog_id) named
    join dialogs d on d.id = named.dialog_id left join ${openSession}`;
}

// Counted from the first words that nobody answered. A person who has not written in this episode owes an answer since the
// visitor asked for one.
const waitOf = sql`
  left join lateral (select m.seq, m.created_at from messages m where m.dialog_id = d.id and m.author = 'operator'
    order by m.seq desc limit 1) o on d.handoff_status = 'active'
  left join lateral (select m.created_at from messages m where m.dialog_id = d.id and m.author = 'visitor' and m.seq > o.seq
    order by m.seq limit 1) q on o.created_at >= s.requested_at
  cross join lateral (select case
    when d.handoff_status = 'requested' or (d.handoff_status = 'active' and (o.created_at >= s.requested_at) is not true) then s.requested_at
    when d.handoff_status = 'active' then q.created_at end as since) w`;

function keyOf(view: InboxView): SQL {
  switch (view) {
    case "queue":
      return sql`s.requested_at`;
    case "snoozed":
      return sql`d.snoozed_until`;
    case "closed":
      return sql`d.ended_at`;
    case "mentions":
      return sql`named.at`;
    case "mine":
      return sql`coalesce(d.last_message_at, d.created_at)`;
    case "all":
      return sql`d.last_message_at`;
  }
}

function orderOf({ view, sort }: InboxFilter): SQL {
  if (view === "mine" && !sort) return sql`(since is null), since, at desc, id desc`;
  return sortOf(view, sort) === "oldest" ? sql`at, id` : sql`at desc, id desc`;
}

function conditionsOf({ workspaceId, userId }: Person, wanted: Wanted): SQL[] {
  const { channel, assistantId, tag, assignee, unread, wait, before, dialogIds } = wanted;
  const key = keyOf(wanted.view);
  const isOldestFirst = sortOf(wanted.view, wanted.sort) === "oldest";
  const conditions = [sql`d.workspace_id = ${workspaceId}::uuid`, ...viewConditions(wanted, { workspaceId, userId })];
  if (channel) conditions.push(sql`d.channel = ${channel}`);
  if (assistantId) conditions.push(sql`d.assistant_id = ${assistantId}::uuid`);
  if (tag) conditions.push(sql`exists (select from dialog_tags t where t.dialog_id = d.id and t.tag = ${tag})`);
  // Nobody has an ended dialog any more; whoever closed it stands for it.
  const holder = wanted.view === "closed" ? sql`d.closed_by` : sql`s.taken_by`;
  if (assignee === "none") conditions.push(sql`${holder} is null`);
  else if (assignee) conditions.push(sql`${holder} = ${assignee}::uuid`);
  if (unread) conditions.push(sql`d.unread_count > 0`);
  if (wait) conditions.push(waitCondition(wait, wanted.now));
  if (dialogIds) conditions.push(sql`d.id = any(${`{${dialogIds.join(",")}}`}::uuid[])`);
  if (before) {
    const place = sql`(${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`;
    conditions.push(isOldestFirst ? sql`(${key}, d.id) > ${place}` : sql`(${key}, d.id) < ${place}`);
  }
  return conditions;
}

function viewConditions({ view, search, now }: Wanted, { workspaceId, userId }: Person): SQL[] {
  const mine = sql`s.workspace_id = ${workspaceId}::uuid and s.ended_at is null`;
  const held = sql`s.taken_by = ${userId}::uuid and d.handoff_status = 'active'`;
  switch (view) {
    case "queue":
      return [mine, sql`d.handoff_status = 'requested'`];
    case "mine":
      return [mine, held, sql`${isAside(now)} is not true`];
    case "snoozed":
      return [mine, held, isAside(now)];
    case "all":
      return [
        sql`d.channel <> 'preview' and d.last_message_at is not null`,
        search ? sql`true` : sql`d.status = 'open'`,
      ];
    case "mentions":
      return [sql`true`];
    case "closed":
      return [sql`d.status = 'ended' and d.channel <> 'preview' and d.ended_at is not null`];
  }
}

const isAside = (now: Date) => sql`(d.snoozed_until > ${now.toISOString()}::timestamptz)`;

function waitCondition(wait: NonNullable<InboxFilter["wait"]>, now: Date): SQL {
  const waited = sql`extract(epoch from ${now.toISOString()}::timestamptz - w.since) * 1000`;
  const share = sql`(${waited} / (case when d.channel = 'telegram' then ${promised("telegram")} else ${promised("widget")} end))`;
  if (wait === "over") return sql`${share} >= 1`;
  return wait === "soon" ? sql`${share} >= 0.5 and ${share} < 1` : sql`${share} < 0.5`;
}

// A talk with the assistant that has been silent for longer is not going on any more.
const LIVE_MINUTES = 15;

/** The numbers beside the views, in one statement over what is open. */
export async function countViews(db: Db, { workspaceId, userId }: Person, now: Date): Promise<InboxCounts> {
  const [row] = await db.execute<InboxCounts>(sql`
    select count(*) filter (where d.handoff_status = 'requested')::int as queue,
      count(*) filter (where d.handoff_status = 'active' and s.taken_by = ${userId}::uuid and w.since is not null
        and ${isAside(now)} is not true)::int as mine,
      (select count(*)::int from note_mentions x where x.workspace_id = ${workspaceId}::uuid and x.user_id = ${userId}::uuid
        and x.read_at is null) as mentions,
      (select count(*)::int from dialogs l where l.workspace_id = ${workspaceId}::uuid and l.status = 'open' and l.channel <> 'preview'
        and l.handoff_status = 'none' and l.last_message_at > ${now.toISOString()}::timestamptz - make_interval(mins => ${LIVE_MINUTES})) as live
    from handoff_sessions s join dialogs d on d.id = s.dialog_id ${waitOf}
    where s.workspace_id = ${workspaceId}::uuid and s.ended_at is null`);
  return row ?? { queue: 0, mine: 0, mentions: 0, live: 0 };
}

/** The tags that a workspace uses, by name. */
export async function listTags(db: Db, workspaceId: WorkspaceId, limit: number): Promise<string[]> {
  // A hop from each tag to the next one: a tag on ten thousand dialogs costs as much as one on a single dialog.
  const rows = await db.execute<{ tag: string }>(sql`
    with recursive used as (
      (select t.tag from dialog_tags t where t.workspace_id = ${workspaceId}::uuid order by t.tag limit 1)
      union all
      select (select t.tag from dialog_tags t where t.workspace_id = ${workspaceId}::uuid and t.tag > used.tag order by t.tag limit 1)
      from used where used.tag is not null
    ) select tag from used where tag is not null limit ${limit}`);
  return [...rows].map(({ tag }) => tag);
}

// The workspace's own promise, else the product's.
function promised(channel: "telegram" | "widget"): SQL {
  const column = sql.raw(channel === "telegram" ? "telegram_sla_minutes" : "site_sla_minutes");
  return sql`coalesce((select s.${column} * 60000 from handoff_settings s where s.workspace_id = d.workspace_id), ${slaMs(channel)}::int)`;
}
