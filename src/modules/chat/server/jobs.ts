import * as z from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { sweep } from "@/lib/sweep";
import { listQuestions, memory } from "@/modules/chat/rules";
import { defineJob } from "@/server/jobs/define";
import { abandonTurn } from "./abandon";
import { listStaleTurns } from "./repository";
import { readForSummary, writeSummary } from "./summary-repository";

// Past the longest turn by a minute, so that nobody is working on it any more; until then its price stays held.
const STALE_MS = 3 * 60_000;
const BATCH = 200;

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

/** Closes what killed processes left running and nobody asked for again, so that no money stays held for it. */
export const abandonStaleTurnsJob = defineJob({
  name: "chat.abandon-stale-turns",
  payload: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    const stale = await listStaleTurns(ctx.db, new Date(ctx.now().getTime() - STALE_MS), BATCH);
    ctx.note({ abandoned: stale.length });
    await sweep(stale, ({ workspaceId, ...ref }) => abandonTurn({ ...ctx, workspaceId }, ref));
  },
});
