import * as z from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { giveBack } from "@/modules/knowledge/server/charge";
import { removeFileJob } from "@/modules/knowledge/server/jobs";
import { workspaceRemoved } from "@/modules/workspaces/events";
import { defineJob, enqueue } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { assistantRemoved } from "@/modules/assistants/events";
import { closeDialogsOf, deleteKnowledgeOf, listLiveIds, markDeleted } from "./repository";

/** Removes documents, index rows and files of a removed assistant with the money held for them, and ends its dialogs; finds nothing the second time. */
export const removeAssistantTracesJob = defineJob({
  name: "assistants.remove-traces",
  payload: z.object({ workspaceId: z.uuid(), assistantId: z.uuid() }),
  timeoutMs: 300_000,
  run: async (ctx, payload) => {
    // The payload was written by `removeAssistant` inside its own tenant.
    const tenant = { workspaceId: payload.workspaceId as WorkspaceId, assistantId: payload.assistantId };
    await inTransaction(ctx, async (tx) => {
      await closeDialogsOf(tx.db, tenant, tx.now());
      for (const { storageKey, chargeId } of await deleteKnowledgeOf(tx.db, tenant)) {
        if (storageKey !== null) await enqueue(tx, removeFileJob, { storageKey });
        await giveBack({ ...tx, workspaceId: tenant.workspaceId }, chargeId);
      }
    });
  },
});

/** The assistants of a closed workspace go as if each had been removed by hand; a second run finds none. */
export const removeAssistantsOfWorkspaceJob = defineJob({
  ...workspaceRemoved,
  run: (ctx, payload) =>
    inTransaction(ctx, async (tx) => {
      // The payload was written by the workspace's own transaction.
      const workspaceId = payload.workspaceId as WorkspaceId;
      for (const assistantId of await listLiveIds(tx.db, workspaceId)) {
        await markDeleted(tx.db, workspaceId, assistantId, tx.now());
        await enqueue(tx, removeAssistantTracesJob, { workspaceId, assistantId });
        await enqueue(tx, assistantRemoved, { workspaceId, assistantId });
      }
    }),
});
