import { setTimeout as delay } from "node:timers/promises";
import { listAssistantDocuments } from "@/modules/knowledge/server/service/documents";
import type { WorkspaceCtx } from "@/server/context";

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 200;

const readOnce = new Set<string>();

/** Whether a job is still reading documents of this assistant. */
export async function isReadingDocuments(ctx: WorkspaceCtx, assistantId: string): Promise<boolean> {
  const { items } = await listAssistantDocuments(ctx, { assistantId, limit: 100 });
  return items.some(({ status }) => status !== "ready" && status !== "failed");
}

/**
 * A new installation serves a few seconds before its sample documents are read; whoever asks that early waits instead of
 * hearing that nothing was found. Once they were seen read, nobody waits again.
 */
export async function untilDocumentsAreRead(ctx: WorkspaceCtx, assistantId: string): Promise<void> {
  const deadlineMs = Date.now() + PATIENCE_MS;
  while (!readOnce.has(assistantId) && Date.now() < deadlineMs) {
    if (await isReadingDocuments(ctx, assistantId)) await delay(LOOK_EVERY_MS);
    else readOnce.add(assistantId);
  }
}
