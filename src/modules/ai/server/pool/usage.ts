import { db } from "@/db/client";
import type { AiProvider } from "@/db/enums";
import { Gatherer } from "@/lib/gather";
import { newId } from "@/lib/ids";
import type { CallUsage, ProviderCall } from "@/modules/ai/contract";
import { logger } from "@/server/logger";
import { setTokens } from "./members";
import { insertUsage, type UsageRow } from "./usage-repository";

// Next loads this module once per bundle; they share one writer so that one key's row is not fought for.
const holder = globalThis as typeof globalThis & { chataiUsage?: Gatherer<UsageRow> };

const BATCH = 200;

/**
 * Writes the usage row of a provider's call and raises its key's counters: one statement, shared by the calls that end
 * while the one before is under way. A call is written once however often this is asked; the built-in model's is not.
 * Never throws: an answer that was given is not taken back because it could not be counted.
 */
export function recordUsage(call: ProviderCall | null, usage: CallUsage): Promise<void> {
  if (!call || call.isRecorded || call.provider === "built-in") return Promise.resolve();
  call.isRecorded = true;
  holder.chataiUsage ??= new Gatherer(writeRows, { most: BATCH });
  return holder.chataiUsage.add(toRow(call, call.provider, usage));
}

// Something that a row names may vanish under the statement; then each row stands for itself.
async function writeRows(rows: UsageRow[]): Promise<void> {
  try {
    await write(rows);
  } catch {
    for (const row of rows)
      await write([row]).catch((error: unknown) => logger.error({ event: "usage-lost", keyId: row.key_id, error }));
  }
}

async function write(rows: UsageRow[]): Promise<void> {
  for (const { keyId, ...counters } of await insertUsage(db(), rows)) setTokens(keyId, counters);
}

function toRow(call: ProviderCall, provider: AiProvider, usage: CallUsage): UsageRow {
  const { promptTokens, completionTokens, startedAt } = call;
  const areKnown = promptTokens !== null || completionTokens !== null;
  return {
    id: newId(),
    key_id: call.keyId,
    workspace_id: usage.workspaceId,
    assistant_id: usage.assistantId ?? null,
    dialog_id: usage.dialogId ?? null,
    message_id: usage.messageId ?? null,
    purpose: usage.purpose,
    provider,
    model: call.model,
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: areKnown ? (promptTokens ?? 0) + (completionTokens ?? 0) : null,
    cost_micros: call.costMicros,
    duration_ms: call.durationMs ?? Math.max(0, Date.now() - startedAt.getTime()),
    outcome: usage.outcome,
    error_code: usage.errorCode ?? null,
    created_at: startedAt.toISOString(),
  };
}
