import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssistantLanguage, Channel, HandoffStatus, NoAnswerPolicy, Tone } from "@/db/enums";
import { executePrepared } from "@/db/prepared";
import type { StoredCitation, StoredPassage, StoredTimings } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt } from "@/lib/text";
import type { SpokenMessage } from "@/modules/chat/rules";
import { dialogLimits } from "@/modules/dialogs/limits";
import { eventCtes, type PendingEvent } from "@/server/transaction";

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
  visitorLocale: string | null;
  assistant: {
    name: string;
    instructions: string;
    model: string;
    tone: Tone;
    language: AssistantLanguage;
    noAnswerPolicy: NoAnswerPolicy;
    showSources: boolean;
    isActive: boolean;
  };
  /** The question and what was said before it, oldest first. */
  messages: SpokenMessage[];
  /** Whether the visitor wrote again after this message. */
  isOvertaken: boolean;
  /** The dialog moved on while this was read: read again. */
  isStale: boolean;
  /** True when this call now holds the one running generation of the message. */
  isClaimed: boolean;
  /** Since when another call holds it. */
  runningSince: Date | null;
  answer: { id: string; text: string; citations: StoredCitation[]; provider: string; model: string } | null;
};

type ClaimRow = Omit<ClaimedTurn, "runningSince"> & { runningSince: string | null };

type TurnRef = { dialogId: string; messageId: string };

/**
 * Reads all that an answer needs and claims the message's one running generation, in one round trip. Without an id it only
 * reads. The dialog's row is locked at its newest version while the rest is read from this statement's snapshot: when the
 * two disagree an answer was just settled, and nothing is claimed.
 */
export async function claimTurn(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: TurnRef,
  generation: { id: string | null; now: Date },
): Promise<ClaimedTurn | undefined> {
  const [row] = await executePrepared<ClaimRow>(
    db,
    sql`
    with turn as (
      select d.id, d.assistant_id, d.channel, d.status, d.handoff_status, d.epoch, d.summary, d.summary_through_seq, d.visitor_locale, d.message_seq, m.seq,
        a.is_active and a.deleted_at is null as is_active,
        json_build_object('name', a.name, 'instructions', a.instructions, 'model', a.model, 'tone', a.tone, 'language', a.language,
          'noAnswerPolicy', a.no_answer_policy, 'showSources', a.show_sources, 'isActive', a.is_active and a.deleted_at is null) as assistant
      from messages m join dialogs d on d.id = m.dialog_id join assistants a on a.id = d.assistant_id
      where m.id = ${messageId}::uuid and m.author = 'visitor' and d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid
      for update of d
    ), answer as (
      select m.id, m.text, m.citations, coalesce(g.provider, '') as provider, coalesce(g.model, '') as model
      from messages m left join generations g on g.answer_message_id = m.id
      where m.reply_to_id = ${messageId}::uuid and m.author = 'assistant' limit 1
    ), later as (
      select exists (select from messages m where m.dialog_id = turn.id and m.seq > turn.seq and m.author = 'visitor') as is_overtaken,
        turn.message_seq <> (select max(m.seq) from messages m where m.dialog_id = turn.id) as is_stale
      from turn
    ), claimed as (
      insert into generations (id, workspace_id, dialog_id, visitor_message_id, epoch, started_at)
      select ${generation.id}::uuid, ${workspaceId}::uuid, turn.id, ${messageId}::uuid, turn.epoch, ${generation.now.toISOString()}::timestamptz
      from turn, later
      where ${generation.id}::uuid is not null and turn.status = 'open' and turn.handoff_status = 'none' and turn.is_active
        and not later.is_overtaken and not later.is_stale and not exists (select from answer)
      on conflict (visitor_message_id) where state = 'running' do nothing
      returning id
    )
    select turn.assistant_id as "assistantId", turn.channel, turn.status as "dialogStatus", turn.handoff_status as "handoffStatus", turn.epoch, turn.seq,
      turn.summary, turn.summary_through_seq as "summaryThroughSeq", turn.visitor_locale as "visitorLocale", turn.assistant,
      later.is_overtaken as "isOvertaken", later.is_stale as "isStale", exists (select from claimed) as "isClaimed",
      (select started_at from generations where visitor_message_id = ${messageId}::uuid and state = 'running') as "runningSince",
      (select row_to_json(answer) from answer) as answer,
      (select json_agg(json_build_object('seq', said.seq, 'author', said.author, 'text', said.text) order by said.seq) from (
        select m.seq, m.author, m.text from messages m
        where m.dialog_id = turn.id and m.seq <= turn.seq order by m.seq desc limit ${READ_MESSAGES}::int) said) as messages
    from turn, later`,
  );
  return row && { ...row, runningSince: row.runningSince === null ? null : new Date(row.runningSince) };
}

/** Gives up a running generation that nobody works on any more, and keeps it from ever settling. */
export async function abandonGeneration(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: TurnRef,
  now: Date,
): Promise<void> {
  await db.execute(sql`
    with abandoned as (
      update generations set state = 'failed', error = 'abandoned', finished_at = ${now.toISOString()}::timestamptz
      where visitor_message_id = ${messageId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'running' returning dialog_id
    )
    update dialogs set epoch = epoch + 1 where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid and id in (select dialog_id from abandoned)`);
}

export type Work = {
  provider: string;
  model: string;
  query: string;
  prompt: string;
  promptVersion: number;
  passages: StoredPassage[];
  promptTokens: number | null;
  completionTokens: number | null;
  timings: StoredTimings;
};

type Settlement = TurnRef & { generationId: string; epoch: number; now: Date; work: Work };

/**
 * Writes the answer with its citations and usage if the dialog is still where the turn began: same epoch, no handoff,
 * open. Resolves to the answer's sequence number, or undefined when it came too late and nothing was written. With an
 * `event` the statement announces the answer itself and needs no transaction around it.
 */
export async function settleTurn(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId, generationId, epoch, now, work }: Settlement,
  answer: { id: string; text: string; citations: StoredCitation[]; isChannel: boolean },
  event?: PendingEvent,
): Promise<number | undefined> {
  const at = now.toISOString();
  const isAnswered = sql`exists (select from answered)`;
  const announced = event
    ? sql`, ${eventCtes(workspaceId, [event], isAnswered)} select seq, (select count(*) from heard) from answered`
    : sql`select seq from answered`;
  const [row] = await executePrepared<{ seq: number }>(
    db,
    sql`
    with fenced as (
      update dialogs set message_seq = message_seq + 1, last_message = ${excerpt(answer.text, dialogLimits.previewChars)},
        last_message_at = ${at}::timestamptz, updated_at = ${at}::timestamptz
      where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid and epoch = ${epoch}::int and handoff_status = 'none' and status = 'open'
        and exists (select from generations where id = ${generationId}::uuid and state = 'running')
      returning id, message_seq
    ), answered as (
      insert into messages (id, workspace_id, dialog_id, seq, author, client_id, reply_to_id, text, citations, delivery, created_at)
      select ${answer.id}::uuid, ${workspaceId}::uuid, fenced.id, fenced.message_seq, 'assistant', ${answer.id}, ${messageId}::uuid, ${answer.text},
        ${JSON.stringify(answer.citations)}::text::jsonb, ${answer.isChannel ? "queued" : null}::text, ${at}::timestamptz
      from fenced returning id, seq
    ), ${finishGeneration(generationId, "delivered", at, work)} and ${isAnswered} returning id) ${announced}`,
  );
  return row?.seq;
}

/** Closes a generation without an answer. A running one only: what is settled stays. */
export async function closeGeneration(
  db: Db,
  generationId: string,
  state: "failed" | "superseded" | "discarded",
  { error, now, work }: { error: string; now: Date; work: Work },
): Promise<void> {
  await executePrepared(
    db,
    sql`with ${finishGeneration(generationId, state, now.toISOString(), work, error)} returning id) select id from finished`,
  );
}

function finishGeneration(
  id: string,
  state: "delivered" | "failed" | "superseded" | "discarded",
  at: string,
  work: Work,
  error?: string,
): SQL {
  return sql`finished as (
      update generations set state = ${state}, answer_message_id = ${state === "delivered" ? sql`(select id from answered)` : sql`null`},
        provider = ${work.provider}, model = ${work.model}, query = ${work.query}, prompt = ${work.prompt},
        prompt_version = ${work.promptVersion}::int, passages = ${JSON.stringify(work.passages)}::text::jsonb,
        prompt_tokens = ${work.promptTokens}::int, completion_tokens = ${work.completionTokens}::int,
        timings = ${JSON.stringify(work.timings)}::text::jsonb, error = ${error ?? null}::text, finished_at = ${at}::timestamptz
      where id = ${id}::uuid and state = 'running'`;
}

/** A notice of the system in the dialog, once per generation. False when it was there or the dialog is gone. */
export async function insertNotice(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  notice: { id: string; key: string; text: string; now: Date; isChannel: boolean },
): Promise<boolean> {
  const rows = await db.execute(sql`
    with dialog as (
      update dialogs set message_seq = message_seq + 1
      where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid
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
