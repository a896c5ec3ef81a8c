import type { WorkspaceId } from "@/lib/brand";
import type { HeartbeatInput, OperatorPresence, Presence } from "@/modules/handoff/contract";
import type { OwnPresence } from "@/modules/handoff/presence/contract";
import { handoffTimes, presenceOf } from "@/modules/handoff/rules";
import type { Ctx, MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  countLoad,
  findPresence,
  listOperators as selectOperators,
  lockPresence,
  type PresenceRow,
  refreshHeartbeat,
  silenceStale,
  updatePresence,
} from "./repository";

/** A sign of life of one tab, with what its person chose. Tells the team only when the presence changed. */
export async function beat(ctx: MemberCtx, input: HeartbeatInput): Promise<Presence> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockPresence(tx.db, tx.workspaceId, tx.actor.userId);
    return changePresence(tx, row, beatOf(row, input, tx.now()));
  });
}

/** Acting is a sign of life too; somebody who was silent for long is online again by it. Call it with the presence locked. */
export async function markActing(ctx: MemberCtx, row: PresenceRow): Promise<void> {
  const now = ctx.now();
  const isBack = presenceOf(row, now) === "offline";
  await changePresence(ctx, row, {
    ...row,
    heartbeatAt: now,
    ...(isBack && { status: "online" as const, visibleAt: now }),
  });
}

/** The open realtime connection of a tab keeps its person present, without making anybody online who said otherwise. */
export async function keepPresent(ctx: MemberCtx): Promise<void> {
  await refreshHeartbeat(ctx.db, ctx.workspaceId, ctx.actor.userId, ctx.now());
}

/** The own presence, for the menu. Somebody who never was here is offline. */
export async function getPresence(ctx: MemberCtx): Promise<OwnPresence> {
  const { userId } = ctx.actor;
  const [row, load] = await Promise.all([
    findPresence(ctx.db, ctx.workspaceId, userId),
    countLoad(ctx.db, ctx.workspaceId, userId),
  ]);
  if (!row) return { chosen: "offline", status: "offline", siteCapacity: 0, telegramCapacity: 0, load };
  const { status: chosen, siteCapacity, telegramCapacity } = row;
  return { chosen, status: presenceOf(row, ctx.now()), siteCapacity, telegramCapacity, load };
}

/** Everybody of the team with presence and load, by name. */
export async function listOperators(ctx: WorkspaceCtx): Promise<{ items: OperatorPresence[] }> {
  const rows = await selectOperators(ctx.db, ctx.workspaceId);
  const now = ctx.now();
  const items = rows.map(({ userId, name, site, telegram, ...row }) => ({
    userId,
    name,
    status: row.status === null ? ("offline" as const) : presenceOf({ ...row, status: row.status }, now),
    siteCapacity: row.siteCapacity ?? 0,
    telegramCapacity: row.telegramCapacity ?? 0,
    load: { site, telegram },
  }));
  return { items };
}

/** Tells each team who fell silent. Presence itself is a question of the clock; this only announces it. */
export async function announceSilence(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - handoffTimes.staleAfterMs);
  return inTransaction(ctx, async (tx) => {
    const gone = await silenceStale(tx.db, before);
    for (const { workspaceId, userId } of gone) {
      // The row of the table carries its own tenant.
      await publish({ ...tx, workspaceId: workspaceId as WorkspaceId }, { type: "presence.changed", ids: { userId } });
    }
    return gone.length;
  });
}

function beatOf(row: PresenceRow, input: HeartbeatInput, now: Date): PresenceRow {
  // The very first beat of somebody is what makes that person online: the row itself is made as offline.
  const status = input.status ?? (row.heartbeatAt === null ? "online" : row.status);
  const isSeenElsewhere = row.visibleAt && now.getTime() - row.visibleAt.getTime() < handoffTimes.hiddenAfterMs - 2_000;
  return {
    ...row,
    status,
    heartbeatAt: now,
    visibleAt: input.isVisible === false ? row.visibleAt : now,
    hiddenAt: input.isVisible === false && !isSeenElsewhere ? now : row.hiddenAt,
    siteCapacity: input.siteCapacity ?? row.siteCapacity,
    telegramCapacity: input.telegramCapacity ?? row.telegramCapacity,
  };
}

async function changePresence(ctx: MemberCtx, before: PresenceRow, after: PresenceRow): Promise<Presence> {
  const { userId } = ctx.actor;
  const status = presenceOf(after, ctx.now());
  await updatePresence(ctx.db, ctx.workspaceId, userId, { ...after, announced: status });
  if (status !== before.announced) await publish(ctx, { type: "presence.changed", ids: { userId } });
  const { siteCapacity, telegramCapacity } = after;
  return { status, siteCapacity, telegramCapacity, load: await countLoad(ctx.db, ctx.workspaceId, userId) };
}
