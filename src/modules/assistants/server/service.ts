import { AppError, notFound } from "@/lib/errors";
import { listModels } from "@/modules/ai/server/models";
import { listTemplates } from "@/modules/ai/prompts/templates";
import {
  type Assistant,
  type AssistantCard,
  type CreateAssistantInput,
  type ListAssistantsInput,
  type UpdateAssistantInput,
} from "@/modules/assistants/contract";
import { limitOf } from "@/modules/system/server/settings";
import { assistantRemoved } from "@/modules/assistants/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { removeAssistantTracesJob } from "./jobs";
import {
  findAssistant,
  insertAssistant,
  listCards,
  lockAndCountAssistants,
  markDeleted,
  updateAssistantFields,
} from "./repository";

const WEEK_MS = 7 * 86_400_000;

/** Refuses: QUOTA_EXCEEDED beyond the limit per workspace, MODEL_UNKNOWN for a model that is not offered. */
export async function createAssistant(ctx: WorkspaceCtx, input: CreateAssistantInput): Promise<Assistant> {
  await assertOffered(input.model);
  return inTransaction(ctx, async (tx) => {
    const limit = await limitOf(tx.db, "assistantsPerWorkspace");
    if ((await lockAndCountAssistants(tx.db, tx.workspaceId)) >= limit) {
      throw new AppError("QUOTA_EXCEEDED", `A workspace has at most ${limit} assistants.`, {
        facts: { reason: "assistants", limit },
      });
    }
    const assistant = await insertAssistant(tx.db, tx.workspaceId, input);
    await publish(tx, { type: "assistant.changed", ids: { assistantId: assistant.id } });
    return assistant;
  });
}

/** Newest first. */
export async function listAssistants(
  ctx: WorkspaceCtx,
  { cursor, limit }: ListAssistantsInput,
): Promise<{ items: AssistantCard[]; nextCursor: string | null }> {
  const since = new Date(ctx.now().getTime() - WEEK_MS);
  const before = cursor !== undefined && isUuid(cursor) ? cursor : undefined;
  const rows = await listCards(ctx.db, ctx.workspaceId, { before, limit: limit + 1, since });
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Refuses: NOT_FOUND, also for another workspace's assistant. */
export async function requireAssistant(ctx: WorkspaceCtx, id: string): Promise<Assistant> {
  const assistant = await findAssistant(ctx.db, ctx.workspaceId, id);
  if (!assistant) throw notFound("Assistant");
  return assistant;
}

/** Refuses: NOT_FOUND; MODEL_UNKNOWN; CONFLICT when `version` is given and somebody else saved meanwhile. */
export async function updateAssistant(
  ctx: WorkspaceCtx,
  { id, version, ...fields }: UpdateAssistantInput,
): Promise<Assistant> {
  await assertOffered(fields.model);
  return inTransaction(ctx, async (tx) => {
    const assistant = await updateAssistantFields(tx.db, tx.workspaceId, id, fields, version);
    if (!assistant) {
      const current = await requireAssistant(tx, id);
      throw new AppError(
        "CONFLICT",
        "This assistant was changed elsewhere meanwhile. Load the new state and save again.",
        {
          facts: { reason: "assistant-changed", version: current.version },
        },
      );
    }
    await publish(tx, { type: "assistant.changed", ids: { assistantId: id } });
    return assistant;
  });
}

/** Gone for everybody at once; what it leaves behind is removed by a job of the same transaction. Refuses: NOT_FOUND. */
export async function removeAssistant(ctx: WorkspaceCtx, { id }: { id: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (tx) => {
    if (!(await markDeleted(tx.db, tx.workspaceId, id, tx.now()))) throw notFound("Assistant");
    await enqueue(tx, removeAssistantTracesJob, { workspaceId: tx.workspaceId, assistantId: id });
    await enqueue(tx, assistantRemoved, { workspaceId: tx.workspaceId, assistantId: id });
    await publish(tx, { type: "assistant.changed", ids: { assistantId: id } });
    return { ok: true as const };
  });
}

/** Exactly the models that `create` and `update` accept. */
export async function offeredModels() {
  return { items: await listModels() };
}

/** The eight instructions to start from, in both languages. */
export function offeredTemplates() {
  return { items: listTemplates() };
}

async function assertOffered(model: string | undefined): Promise<void> {
  if (model === undefined || model === "") return;
  if ((await listModels()).some(({ id }) => id === model)) return;
  throw new AppError("MODEL_UNKNOWN", "This model is not offered here.", {
    fieldErrors: { model: ["This model is not offered here."] },
  });
}

const isUuid = (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
