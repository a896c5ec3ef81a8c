import { keepPresent } from "@/modules/handoff/server/presence/service";
import type { MissedEvents, MissedInput, WorkspaceEvent } from "@/modules/realtime/contract";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { currentSeq, listEventsAfter } from "./repository";

export { currentSeq };

/**
 * What a tab missed since `afterSeq`, oldest first; one `reset` when a part of it is not kept any more, or when the number
 * is from the future and so belongs to another life of this database.
 */
export async function catchUp(ctx: WorkspaceCtx, afterSeq: number): Promise<WorkspaceEvent[]> {
  const missed = await listEventsAfter(ctx.db, ctx.workspaceId, afterSeq);
  return missed ?? [{ seq: await currentSeq(ctx.db, ctx.workspaceId), type: "reset", ids: {} }];
}

/** The same for a tab without a stream of its own; asking is its sign of life. Without a number, only where the workspace stands. */
export async function listMissed(ctx: MemberCtx, { afterSeq }: MissedInput): Promise<MissedEvents> {
  await keepPresent(ctx);
  if (afterSeq === undefined) return { seq: await currentSeq(ctx.db, ctx.workspaceId), events: [] };
  const events = await catchUp(ctx, afterSeq);
  return { seq: events.at(-1)?.seq ?? afterSeq, events };
}
