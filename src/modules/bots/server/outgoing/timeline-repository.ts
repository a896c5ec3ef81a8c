import { sql, type SQL } from "drizzle-orm";
import type { DeliveryState } from "@/db/enums";
import type { DeliveryStep } from "@/db/schema/outbox";

// A part that Telegram postpones for days must not grow its row without end.
const MAX_STEPS = 200;

export function timelineStep(state: DeliveryState, at: Date, reason?: string): DeliveryStep {
  return { state, at: at.toISOString(), ...(reason === undefined ? {} : { reason }) };
}

/** The history of the row `o` with one more step at its end. */
export function appended(step: DeliveryStep): SQL {
  return sql`case when jsonb_array_length(o.history) < ${MAX_STEPS}::int then o.history || ${JSON.stringify([step])}::text::jsonb else o.history end`;
}
