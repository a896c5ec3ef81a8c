import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AiProvider, AiUsageOutcome, AiUsagePurpose } from "@/db/enums";
import { executePrepared } from "@/db/prepared";

/** A row of `ai_usage` in the names of its columns. */
export type UsageRow = {
  id: string;
  key_id: string | null;
  workspace_id: string | null;
  assistant_id: string | null;
  dialog_id: string | null;
  message_id: string | null;
  purpose: AiUsagePurpose;
  provider: AiProvider;
  model: string;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  total_tokens: number | null;
  cost_micros: number | null;
  duration_ms: number;
  outcome: AiUsageOutcome;
  error_code: string | null;
  created_at: string;
};

export type Counters = { keyId: string; dayTokens: number; monthTokens: number };

/**
 * Writes usage rows and raises the counters of their keys in one statement, each counter reset when its day or month is
 * over. What a row names may be gone meanwhile: a workspace takes the row along, anything else becomes null.
 */
export async function insertUsage(db: Db, rows: UsageRow[]): Promise<Counters[]> {
  return executePrepared<Counters>(
    db,
    sql`
    with called as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
        id uuid, key_id uuid, workspace_id uuid, assistant_id uuid, dialog_id uuid, message_id uuid, purpose text, provider text, model text,
        prompt_tokens int, completion_tokens int, total_tokens int, cost_micros bigint, duration_ms int, outcome text, error_code text, created_at timestamptz)
    ), locked as materialized (
      select id from ai_keys where id in (select key_id from called) order by id for no key update
    ), written as (
      insert into ai_usage (id, key_id, workspace_id, assistant_id, dialog_id, message_id, purpose, provider, model,
        prompt_tokens, completion_tokens, total_tokens, cost_micros, duration_ms, outcome, error_code, created_at)
      select c.id, k.id, c.workspace_id, a.id, d.id, c.message_id, c.purpose, c.provider, c.model,
        c.prompt_tokens, c.completion_tokens, c.total_tokens, c.cost_micros, c.duration_ms, c.outcome, c.error_code, c.created_at
      from called c left join locked k on k.id = c.key_id left join workspaces w on w.id = c.workspace_id
        left join assistants a on a.id = c.assistant_id left join dialogs d on d.id = c.dialog_id
      where c.workspace_id is null or w.id is not null
      returning key_id, total_tokens
    ), used as (
      select key_id, coalesce(sum(total_tokens), 0) as tokens,
        (now() at time zone 'utc')::date as day, date_trunc('month', now() at time zone 'utc')::date as month
      from written where key_id is not null group by key_id
    )
    update ai_keys set last_used_at = now(),
      day_tokens = case when day_on = used.day then day_tokens else 0 end + used.tokens, day_on = used.day,
      month_tokens = case when month_on = used.month then month_tokens else 0 end + used.tokens, month_on = used.month
    from used where ai_keys.id = used.key_id
    returning ai_keys.id as "keyId", day_tokens::float8 as "dayTokens", month_tokens::float8 as "monthTokens"`,
  );
}
