import * as z from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { listQuestions, memory } from "@/modules/chat/rules";
import { defineJob } from "@/server/jobs/define";
import { readForSummary, writeSummary } from "./summary-repository";

/** Folds what has left the model's window into the dialog's summary. Twice is the same as once. */
export const summarizeDialogJob = defineJob({
  name: "chat.summarize-dialog",
  payload: z.object({ workspaceId: z.uuid(), dialogId: z.uuid() }),
  run: async (ctx, payload) => {
    // The payload was written by a turn inside its own tenant.
    const workspaceId = payload.workspaceId as WorkspaceId;
    const dialog = await readForSummary(ctx.db, workspaceId, payload.dialogId, memory.recentMessages);
    const last = dialog?.messages.at(-1);
    if (!dialog || !last) return;
    await writeSummary(ctx.db, workspaceId, payload.dialogId, {
      summary: listQuestions(dialog.summary, dialog.messages),
      throughSeq: last.seq,
      previousSeq: dialog.summaryThroughSeq,
    });
  },
});
