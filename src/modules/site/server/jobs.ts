import type { WorkspaceId } from "@/lib/brand";
import { AppError } from "@/lib/errors";
import { defineJob, enqueue } from "@/server/jobs/define";
import { demoTalksPlanned } from "../events";

const LOOK_AGAIN_MS = 1_000;

export const holdDemoTalksJob = defineJob({
  ...demoTalksPlanned,
  run: async (ctx, { workspaceId, ...talks }) => {
    // Loaded here so that the web process, which only enqueues, stays small.
    const { holdSampleDialogs } = await import("./sample-dialogs");
    try {
      // The payload was written by the seed inside its own tenant.
      const areHeld = await holdSampleDialogs({ ...ctx, workspaceId: workspaceId as WorkspaceId }, talks);
      if (areHeld) return;
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return;
      throw error;
    }
    const runAt = new Date(ctx.now().getTime() + LOOK_AGAIN_MS);
    await enqueue(ctx, demoTalksPlanned, { workspaceId, ...talks }, { runAt });
  },
});
