import { updateRecorded } from "@/modules/bots/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { planOwedAnswers } from "./answers/service";
import { laneOf } from "./intake/record";
import { listWaitingDialogs } from "./outgoing/repository";
import { requestDelivery } from "./outgoing/service";
import { listRecorded } from "./repository";

/**
 * Has what waits for a bot sent, with the transaction that lets it work; what it left behind when it was paused is answered
 * and processed as well.
 */
export async function catchUp(ctx: WorkspaceCtx, botId: string, pausedAt: Date | null): Promise<void> {
  for (const dialogId of await listWaitingDialogs(ctx.db, ctx.workspaceId, botId)) await requestDelivery(ctx, dialogId);
  if (!pausedAt) return;
  await planOwedAnswers(ctx, botId, pausedAt);
  // In its own lane an update whose first job still waits or runs is settled before the second job looks.
  for (const { updateId, payload } of await listRecorded(ctx.db, ctx.workspaceId, botId))
    await enqueue(ctx, updateRecorded, { botId, updateId }, { lane: laneOf(botId, payload) });
}
