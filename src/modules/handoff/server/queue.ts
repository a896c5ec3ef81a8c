import { parseCursor, toCursor } from "@/modules/dialogs/rules";
import type { HandoffCounts, HeldItem, QueueInput, QueueItem } from "@/modules/handoff/contract";
import { waitMinutes } from "@/modules/handoff/rules";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { countHandoffs, listHeld, listWaiting } from "./queue-repository";
import { positionOf } from "./episodes-repository";

/** Who waits for a person in this workspace, longest wait first, with place and estimate. */
export async function listQueue(
  ctx: WorkspaceCtx,
  { cursor, limit }: QueueInput,
): Promise<{ items: QueueItem[]; nextCursor: string | null }> {
  const rows = await listWaiting(ctx.db, ctx.workspaceId, { after: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const [first, last] = [shown[0], shown.at(-1)];
  const firstPosition = first ? await positionOf(ctx.db, ctx.workspaceId, first) : 1;
  return {
    items: shown.map(({ sessionId: _, ...row }, index) => {
      const position = firstPosition + index;
      return { ...row, position, waitMinutes: waitMinutes(position) };
    }),
    nextCursor: rows.length > limit && last ? toCursor(last.requestedAt, last.sessionId) : null,
  };
}

/** The dialogs that the caller has now. */
export async function listMine(ctx: MemberCtx): Promise<{ items: HeldItem[]; nextCursor: null }> {
  const rows = await listHeld(ctx.db, ctx.workspaceId, ctx.actor.userId);
  return { items: rows.map((row) => ({ ...row, takenAt: row.takenAt ?? row.requestedAt })), nextCursor: null };
}

/** The numbers beside the menu. */
export async function getCounts(ctx: MemberCtx): Promise<HandoffCounts> {
  const { oldestRequestedAt, ...counts } = await countHandoffs(ctx.db, ctx.workspaceId, ctx.actor.userId);
  return { ...counts, oldestRequestedAt: oldestRequestedAt === null ? null : new Date(oldestRequestedAt) };
}
