import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssistantLanguage, Channel, HandoffTrigger, HandoffStatus, NoAnswerPolicy, Tone } from "@/db/enums";
import { executePrepared, flushedLater } from "@/db/prepared";
import type { StoredCitation } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { holdCtes } from "@/modules/balance/server/charging-sql";
import type { SpokenMessage } from "@/modules/chat/rules";
import { closeGeneration, holdOf, type Payer } from "./settling-repository";

// Ten remembered messages, and what a burst before them may have added.
const READ_MESSAGES = 24;

export type ClaimedTurn = {
  assistantId: string;
  channel: Channel;
  dialogStatus: "open" | "ended";
  handoffStatus: HandoffStatus;
  epoch: number;
  seq: number;
  summary: string;
  summaryThroughSeq: number;
  /** What people and the visitor settled before the messages below; empty when there was no such talk. */
  closedTalk: string;
  visitorLocale: string | null;
  assistant: {
    name: string;
    instructions: string;
    model: string;
    tone: Tone;
    language: AssistantLanguage;
    noAnswerPolicy: NoAnswerPolicy;
    showSources: boolean;
    handoffTriggers: HandoffTrigger[];
    saysHandoffWords: boolean;
    isActive: boolean;
  };
  /** The question and what was said before it since the last talk with people, oldest first. */
  messages: SpokenMessage[];
  /** Whether the visitor wrote again after this message, or people have closed what was said up to it. */
  isOvertaken: boolean;
  /** Nobody of the team was there, and the visitor was asked to leave a contact. */
  isContactAsked: boolean;
  /** The dialog moved on while this was read: read again. */
  isStale: boolean;
  /** True when this call now holds the one running generation of the message. */
  isClaimed: boolean;
  /** What the answer costs; null when answers on this channel are not offered. Only told of a claimed turn. */
  priceMicros: number | null;
  /** Whether the wallet had the price, which is held now. A claimed turn without it must be dropped. */
  isFunded: boolean;
  answer: {
    id: string;
    text: string;
    citations: StoredCitation[];
    provider: string;
    model: string;
    chargeMicros: number | null;
  } | null;
};

type TurnRef = { dialogId: string; messageId: string };

/**
 * Reads all that an answer needs, claims the message's one running generation and holds its price, in one round trip.
 * Without a generation it only reads. The dialog's row is locked at its newest version while the rest is read from this statement's snapshot: when the
 * two disagree an answer was just settled, and nothing is claimed.
 */
export async function claimTurn(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: TurnRef,
  generation: { id: string; now: Date; payer: Payer } | null,
): Promise<ClaimedTurn | undefined> {
  const [row] = await executePrepared<ClaimedTurn>(
    db,
    sql`
    with turn as (
      select d.id, d.assistant_id, d.channel, d.status, d.handoff_status, d.epoch, d.summary, d.summary_through_seq, d.visitor_locale, d.contact_asked_at is not null as is_contact_asked, d.message_seq, d.boundary_seq, d.boundary_summary, m.seq,
        a.is_active and a.deleted_at is null as is_active,
        json_build_object('name', a.name, 'instructions', a.instructions, 'model', a.model, 'tone', a.tone, 'language', a.language,
          'noAnswerPolicy', a.no_answer_policy, 'showSources', a.show_sources, 'handoffTriggers', a.handoff_triggers, 'saysHandoffWords', a.says_handoff_words, 'isActive', a.is_active and a.deleted_at is null) as assistant
      from messages m join dialogs d on d.id = m.dialog_id join assistants a on a.id = d.assistant_id
      where m.id = ${messageId}::uuid and m.author = 'visitor' and d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid
      for update of d
    ), answer as (
      select m.id, m.text, m.citations, m.charge_micros as "chargeMicros", coalesce(g.provider, '') as provider, coalesce(g.model, '') as model
      from messages m left join generations g on g.answer_message_id = m.id
      where m.reply_to_id = ${messageId}::uuid and m.author = 'assistant' limit 1
    ), later as (
      select exists (select from messages m where m.dialog_id = turn.id and m.seq > turn.seq and m.author = 'visitor')
          or turn.seq <= turn.boundary_seq as is_overtaken,
        turn.message_seq <> (select max(m.seq) from messages m where m.dialog_id = turn.id)
          or turn.epoch <> (select d.epoch from dialogs d where d.id = turn.id) as is_stale
      from turn
    )${generation ? claimCtes(workspaceId, messageId, generation) : sql``}
    select turn.assistant_id as "assistantId", turn.channel, turn.status as "dialogStatus", turn.handoff_status as "handoffStatus", turn.epoch, turn.seq,
      turn.summary, turn.summary_through_seq as "summaryThroughSeq", turn.boundary_summary as "closedTalk",
      turn.visitor_locale as "visitorLocale", turn.is_contact_asked as "isContactAsked", turn.assistant,
      later.is_overtaken as "isOvertaken", later.is_stale as "isStale",
      ${generation ? sql`exists (select from claimed)` : sql`false`} as "isClaimed",
      ${generation ? sql`exists (select from reserved)` : sql`false`} as "isFunded",
      ${generation ? sql`(select price_micros::float8 from priced)` : sql`null::float8`} as "priceMicros",
      (select row_to_json(answer) from answer) as answer,
      coalesce((select json_agg(json_build_object('seq', said.seq, 'author', said.author, 'text', said.text) order by said.seq) from (
        select m.seq, m.author, m.text from messages m
        where m.dialog_id = turn.id and m.seq <= turn.seq and m.seq > turn.boundary_seq order by m.seq desc limit ${READ_MESSAGES}::int) said), '[]') as messages, ${flushedLater}
    from turn, later`,
  );
  return row;
}

function claimCtes(
  workspaceId: WorkspaceId,
  messageId: string,
  { id, now, payer }: { id: string; now: Date; payer: Payer },
): SQL {
  const booking = { workspaceId, reference: holdOf(id), at: now, actor: payer };
  return sql`, claimed as (
      insert into generations (id, workspace_id, dialog_id, visitor_message_id, epoch, started_at)
      select ${id}::uuid, ${workspaceId}::uuid, turn.id, ${messageId}::uuid, turn.epoch, ${now.toISOString()}::timestamptz
      from turn, later
      where turn.status = 'open' and turn.handoff_status = 'none' and turn.is_active
        and not later.is_overtaken and not later.is_stale and not exists (select from answer)
      on conflict (visitor_message_id) where state = 'running' do nothing
      returning id
    ), ${holdCtes(booking, sql`(select 'answer_' || turn.channel from turn)`, sql`exists (select from claimed)`)}`;
}

/** Gives up a running generation that nobody works on any more, and keeps it from ever settling. */
export async function abandonGeneration(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: TurnRef,
  { now, payer }: { now: Date; payer: Payer },
): Promise<void> {
  // The dialog first, as whoever settles does: in another order the two could wait for each other.
  const [running] = await db.execute<{ id: string }>(sql`
    with held as (
      select id from dialogs where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid for update
    )
    select generations.id from generations, held
    where visitor_message_id = ${messageId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'running'`);
  if (!running) return;
  const work = { now, payer, error: "abandoned" };
  if (!(await closeGeneration(db, workspaceId, running.id, "failed", work))) return;
  // The answer to a later question goes on: its own hold is what it settles with, and the closed one has none any more.
  await db.execute(sql`
    update dialogs set epoch = epoch + 1 where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid
      and not exists (select from generations where dialog_id = ${dialogId}::uuid and state = 'running')`);
}

/** Generations that have run longer than any turn may: their process is gone and nobody has asked again. */
export async function listStaleTurns(db: Db, before: Date, limit: number) {
  // A sweep of the platform: each row names the workspace in which it is then closed.
  return db.execute<TurnRef & { workspaceId: WorkspaceId }>(sql`
    select workspace_id as "workspaceId", dialog_id as "dialogId", visitor_message_id as "messageId" from generations
    where state = 'running' and started_at < ${before.toISOString()}::timestamptz order by started_at limit ${limit}`);
}

/** A notice of the system in the dialog, once per generation. False when it was there, or the dialog is gone or moved on. */
export async function insertNotice(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  notice: { id: string; key: string; text: string; epoch: number; now: Date; isChannel: boolean },
): Promise<boolean> {
  const rows = await db.execute(sql`
    with dialog as (
      update dialogs set message_seq = message_seq + 1
      where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid
        and epoch = ${notice.epoch}::int and handoff_status = 'none' and status = 'open'
        and not exists (select from messages where dialog_id = ${dialogId}::uuid and client_id = ${notice.key})
      returning id, message_seq
    )
    insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text, delivery, created_at)
    select ${notice.id}::uuid, ${workspaceId}::uuid, id, message_seq, 'system', ${notice.key}, ${notice.text},
      ${notice.isChannel ? "queued" : null}::text, ${notice.now.toISOString()}::timestamptz
    from dialog returning id`);
  return rows.length > 0;
}

/** Keeps a running answer of the dialog from leaving, whoever makes it. */
export async function raiseEpoch(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<void> {
  await db.execute(
    sql`update dialogs set epoch = epoch + 1 where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid`,
  );
}
