import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { executePrepared, flushedLater } from "@/db/prepared";
import type { StoredCitation } from "@/db/schema/dialogs";
import type { StoredPassage, StoredTimings } from "@/db/schema/generations";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt } from "@/lib/text";
import type { ProviderCall } from "@/modules/ai/contract";
import { captureCtes, dueCte, type Reference, releaseCtes } from "@/modules/balance/server/charging-sql";
import { dialogLimits } from "@/modules/dialogs/limits";
import { eventCtes, type PendingEvent } from "@/server/transaction";
import { firstPart, type FirstPart, type LeavingParts, outboxCte, senderCte } from "./outbox-repository";

type TurnRef = { dialogId: string; messageId: string };

/** Who stands behind the turn's bookings. */
export type Payer = { kind: string; id: string | null };

/** What the hold of a generation pays for. */
export const holdOf = (generationId: string): Reference => ({ kind: "generation", id: generationId });

export type Work = {
  /** The provider's call that the words came from, once one answered. */
  call: ProviderCall | null;
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

type Settlement = TurnRef & { generationId: string; epoch: number; now: Date; payer: Payer; work: Work };

export type SettledAnswer = {
  id: string;
  text: string;
  citations: StoredCitation[];
  isChannel: boolean;
  leaving?: LeavingParts;
};

/** What an answer cost, what the wallet is left with, and the part that the caller has to send. */
export type Settled = {
  priceMicros: number;
  leftMicros: number;
  isLowTold: boolean;
  isEmptyTold: boolean;
  firstPart: FirstPart | null;
};

/**
 * Writes the answer with its citations and usage and charges its hold, if the dialog is still where the turn began: same
 * epoch, no handoff, open. Resolves to undefined when it came too late and nothing was written or charged. With an
 * `event` the statement announces the answer itself and needs no transaction around it. The commit does not wait for the
 * disk, because it holds the wallet and the workspace, which all its talks share: before anybody is told, the caller waits
 * for `flushed`.
 */
export async function settleTurn(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId, generationId, epoch, now, payer, work }: Settlement,
  answer: SettledAnswer,
  event?: PendingEvent,
): Promise<Settled | undefined> {
  const at = now.toISOString();
  const isAnswered = sql`exists (select from answered)`;
  const booking = { workspaceId, reference: holdOf(generationId), at: now, actor: payer };
  const charge = { kind: "charge_answer", key: `answer:${messageId}`, about: answer.id } as const;
  const leaving = answer.leaving ? { ...answer.leaving, dialogId, now } : undefined;
  const isFirstTaken = leaving?.leaseMs !== undefined;
  const heard = event ? sql`, ${eventCtes(workspaceId, [event], isAnswered)}` : sql``;
  const [row] = await executePrepared<Settled>(
    db,
    sql`
    with gate as (
      select id, bot_id, business_connection_id from dialogs
      where id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid and epoch = ${epoch}::int and handoff_status = 'none' and status = 'open'
        and exists (select from generations where id = ${generationId}::uuid and state = 'running')
      for update
    )${leaving && isFirstTaken ? sql`, ${senderCte(workspaceId, leaving)}` : sql``}, ${dueCte(booking, sql`exists (select from gate)`)}, fenced as (
      update dialogs set message_seq = message_seq + 1, last_message = ${excerpt(answer.text, dialogLimits.previewChars)},
        last_message_at = ${at}::timestamptz, updated_at = ${at}::timestamptz
      from due where dialogs.id = ${dialogId}::uuid and workspace_id = ${workspaceId}::uuid
      returning dialogs.id, message_seq, price_micros
    ), answered as (
      insert into messages (id, workspace_id, dialog_id, seq, author, client_id, reply_to_id, text, citations, delivery, charge_micros, created_at)
      select ${answer.id}::uuid, ${workspaceId}::uuid, fenced.id, fenced.message_seq, 'assistant', ${answer.id}, ${messageId}::uuid, ${answer.text},
        ${JSON.stringify(answer.citations)}::text::jsonb, ${
          isFirstTaken
            ? sql`case when exists (select from sender) then 'sending' else 'queued' end`
            : sql`${answer.isChannel ? "queued" : null}::text`
        }, fenced.price_micros, ${at}::timestamptz
      from fenced returning id, seq
    ), ${captureCtes(booking, charge, isAnswered)}, ${finishGeneration(generationId, "delivered", at, work)} and ${isAnswered} returning id)${leaving ? sql`, ${outboxCte(workspaceId, leaving, { source: sql`answered`, isFirstTaken })}` : sql``}${heard}
    select captured.price_micros::float8 as "priceMicros", left_micros::float8 as "leftMicros", is_low_told as "isLowTold",
      is_empty_told as "isEmptyTold", ${isFirstTaken ? firstPart : sql`null`} as "firstPart", ${flushedLater}${event ? sql`, (select count(*) from heard)` : sql``}
    from captured, spent`,
  );
  return row;
}

/**
 * Closes a generation without an answer and gives its hold back. A running one only: what is settled stays; false then.
 * One that was removed with its visitor meanwhile leaves a hold to be given back, too.
 */
export async function closeGeneration(
  db: Db,
  workspaceId: WorkspaceId,
  generationId: string,
  state: "failed" | "superseded" | "discarded",
  { error, now, payer, work }: { error: string; now: Date; payer: Payer; work?: Work },
): Promise<boolean> {
  const at = now.toISOString();
  const booking = { workspaceId, reference: holdOf(generationId), at: now, actor: payer };
  const finished = work
    ? sql`${finishGeneration(generationId, state, at, work, error)} returning id)`
    : sql`finished as (
        update generations set state = ${state}, error = ${error}, finished_at = ${at}::timestamptz
        where id = ${generationId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'running' returning id)`;
  const isUnpaid = sql`(exists (select from finished) or not exists (select from generations where id = ${generationId}::uuid))`;
  const rows = await executePrepared(
    db,
    sql`with ${finished}, ${releaseCtes(booking, isUnpaid)} select id from finished`,
  );
  return rows.length > 0;
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
        cost_micros = ${work.call?.costMicros ?? null}::bigint, prompt_tokens = ${work.promptTokens}::int, completion_tokens = ${work.completionTokens}::int,
        timings = ${JSON.stringify(work.timings)}::text::jsonb, error = ${error ?? null}::text, finished_at = ${at}::timestamptz
      where id = ${id}::uuid and state = 'running'`;
}
