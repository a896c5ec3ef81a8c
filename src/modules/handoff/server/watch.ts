import type { WorkspaceId } from "@/lib/brand";
import { audit } from "@/modules/audit/server/service";
import { handoffTimes, rungOf } from "@/modules/handoff/rules";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { mailTeam } from "./mail";
import { tellVisitor } from "./notices";
import { closeEndedEpisodes, type HandoffDialog, listOpenSessions, type OpenSession, raiseRung } from "./repository";
import { openEpisode } from "./service";
import { endEpisode, holdDialog, judge, move, resultOf, returnToAssistant } from "./transition";

const PAGE = 200;

/**
 * What the clock does to handoffs: escalates waiting dialogs once per rung, gives those that nobody took back to the assistant,
 * and queues again what a vanished operator left. Each in a transaction of its own; one that fails does not stop the others.
 */
export async function watchHandoffs(
  ctx: Ctx,
): Promise<{ escalated: number; expired: number; lost: number; failed: number }> {
  const done = { escalated: 0, expired: 0, lost: 0, failed: 0 };
  // A removed assistant ends its dialogs without asking each who has it.
  await closeEndedEpisodes(ctx.db, ctx.now());
  let afterId: string | null = null;
  for (;;) {
    const page: OpenSession[] = await listOpenSessions(ctx.db, PAGE, afterId);
    for (const session of page) {
      const due = dueOf(session, ctx.now());
      if (!due) continue;
      try {
        if (await STEPS[due](tenant(ctx, session), session)) done[due] += 1;
      } catch (error) {
        done.failed += 1;
        ctx.log.error({ event: "handoff-watch-failed", dialogId: session.dialogId, due, error });
      }
    }
    afterId = page.at(-1)?.id ?? null;
    if (page.length < PAGE) break;
  }
  if (done.failed > 0) throw new Error(`${done.failed} handoffs could not be looked after.`);
  return done;
}

type Due = "escalated" | "expired" | "lost";

/** What is due for an episode by the clock. The wait counts from when it entered the queue, also for the second time. */
export function dueOf(session: OpenSession, now: Date): Due | null {
  if (session.status === "active") return isLost(session, now) ? "lost" : null;
  if (session.status !== "requested") return null;
  const waitedMs = now.getTime() - session.queuedAt.getTime();
  if (waitedMs >= handoffTimes.expiresAfterMs) return "expired";
  return rungOf(session.channel, waitedMs) > session.rung ? "escalated" : null;
}

function isLost({ takenBy, takenAt, heartbeatAt, isMember }: OpenSession, now: Date): boolean {
  if (takenBy === null || !isMember) return true;
  const seenAt = Math.max(takenAt?.getTime() ?? 0, heartbeatAt === null ? 0 : new Date(heartbeatAt).getTime());
  return now.getTime() - seenAt >= handoffTimes.operatorLostAfterMs;
}

type Step = (ctx: WorkspaceCtx, session: OpenSession) => Promise<boolean>;

// A step acts on the episode that was seen; when the dialog went on meanwhile there is nothing to do.
const onSame = (work: (ctx: WorkspaceCtx, dialog: HandoffDialog, session: OpenSession) => Promise<boolean>): Step => {
  return (ctx, session) =>
    inTransaction(ctx, async (tx) => {
      const dialog = await holdDialog(tx, session.dialogId);
      const isSame =
        dialog.sessionId === session.id &&
        dialog.handoffStatus === session.status &&
        dialog.takenBy === session.takenBy &&
        dialog.status === "open";
      return isSame && work(tx, dialog, session);
    });
};

const STEPS: Record<Due, Step> = {
  escalated: onSame(async (ctx, dialog, session) => {
    const rung = rungOf(session.channel, ctx.now().getTime() - session.queuedAt.getTime());
    if (!(await raiseRung(ctx.db, ctx.workspaceId, session.id, rung))) return false;
    await audit(ctx, { operation: "handoff.escalated", targetKind: "dialog", targetId: dialog.id, detail: { rung } });
    await publish(ctx, { type: "handoff.escalated", ids: { dialogId: dialog.id } });
    const { position = 1, waitMinutes = 0 } = await resultOf(ctx, dialog);
    // Rungs do not raise the epoch; the number of the rung tells their notices apart.
    await tellVisitor(ctx, dialog, { kind: "waiting", position, minutes: waitMinutes, rung });
    await mailTeam(ctx, dialog, { rung });
    return true;
  }),
  expired: onSame(async (ctx, dialog) => {
    if (judge(ctx, dialog, "expire").kind !== "move") return false;
    const effects = { event: "handoff.expired", operation: "handoff.expired" } as const;
    const moved = await returnToAssistant(ctx, dialog, "expired", effects);
    await tellVisitor(ctx, moved, { kind: "expired" });
    return true;
  }),
  lost: onSame(async (ctx, dialog) => {
    if (judge(ctx, dialog, "lose").kind !== "move") return false;
    await endEpisode(ctx, dialog, "expired");
    const session = await openEpisode(ctx, dialog, {
      reason: "operator_lost",
      requestedAt: dialog.requestedAt ?? undefined,
    });
    const moved = await move(ctx, dialog, "requested", {
      event: "handoff.requested",
      operation: "handoff.operator-lost",
    });
    await tellVisitor(ctx, moved, { kind: "lost" });
    await mailTeam(ctx, { ...moved, ...session }, { rung: 0 });
    return true;
  }),
};

// The row of an episode carries its own tenant.
const tenant = (ctx: Ctx, { workspaceId }: OpenSession): WorkspaceCtx => ({
  ...ctx,
  workspaceId: workspaceId as WorkspaceId,
});
