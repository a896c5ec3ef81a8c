import type { WorkspaceId } from "@/lib/brand";
import { AppError } from "@/lib/errors";
import { defineJob, enqueue } from "@/server/jobs/define";
import { demoTalkPlanned } from "../events";

const LOOK_AGAIN_MS = 1_000;

export const holdDemoTalkJob = defineJob({
  ...demoTalkPlanned,
  run: async (ctx, { workspaceId, ...talk }) => {
    // Loaded here so that the web process, which only enqueues, stays small.
    const { holdSampleDialog } = await import("./sample-dialog");
    try {
      // The payload was written by the seed inside its own tenant.
      const isHeld = await holdSampleDialog({ ...ctx, workspaceId: workspaceId as WorkspaceId }, talk);
      if (isHeld) return;
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return;
      throw error;
    }
    const runAt = new Date(ctx.now().getTime() + LOOK_AGAIN_MS);
    await enqueue(ctx, demoTalkPlanned, { workspaceId, ...talk }, { runAt });
  },
});
