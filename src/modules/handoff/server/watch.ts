import type { WorkspaceId } from "@/lib/brand";
import { audit } from "@/modules/audit/server/service";
import { type HandoffSettings, hoursOf } from "@/modules/handoff/hours/contract";
import { isOpen, workingMs } from "@/modules/handoff/hours/rules";
import { isOver, isWorthTelling, rungOf, slaMs } from "@/modules/handoff/rules";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { askContact } from "./contact/service";
import { reachOf, settingsOf } from "./hours/service";
import { mailTeam } from "./mail";
import { tellVisitor } from "./notices";
import {
  closeEndedEpisodes,
  listOpenSessions,
  type OpenSession,
  raiseRung,
  updateSession,
} from "./episodes-repository";
import { type HandoffDialog } from "./repository";
import { openEpisode } from "./service";
import { endEpisode, holdDialog, judge, move, resultOf, returnToAssistant } from "./transition";

const PAGE = 200;

/**
 * What the clock does to handoffs, as each workspace has set it: escalates waiting dialogs once per rung, tells who moved up,
 * gives those that nobody took back to the assistant, also at the end of the working hours, and queues again what a vanished
 * operator left. Each in a transaction of its own; one that fails does not stop the others.
 */
export async function watchHandoffs(ctx: Ctx): Promise<Record<Due | "failed", number>> {
  const done = { escalated: 0, moved: 0, expired: 0, closed: 0, closing: 0, lost: 0, failed: 0 };
  const settings = new Map<string, HandoffSettings>();
  // A removed assistant ends its dialogs without asking each who has it.
  await closeEndedEpisodes(ctx.db, ctx.now());
  let afterId: string | null = null;
  for (;;) {
    const page: OpenSession[] = await listOpenSessions(ctx.db, PAGE, afterId);
    for (const session of page) {
      let due: Due | null = null;
      try {
        const inside = tenant(ctx, session);
        const known = settings.get(session.workspaceId) ?? (await settingsOf(inside));
        settings.set(session.workspaceId, known);
        due = dueOf(session, known, ctx.now());
        if (due && (await STEPS[due](inside, session, known))) done[due] += 1;
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

type Due = "escalated" | "moved" | "expired" | "closed" | "closing" | "lost";

/**
 * What is due for an episode by the clock. The wait counts in working time from when it entered the queue, also for the second
 * time. When the hours end, whoever has waited as long as was promised is not kept waiting through the night.
 */
export function dueOf(session: OpenSession, settings: HandoffSettings, now: Date): Due | null {
  if (session.status === "active") return isLost(session, settings, now) ? "lost" : null;
  if (session.status !== "requested") return null;
  const hours = hoursOf(settings);
  const { queuedAt, channel, rung, toldPosition, position } = session;
  const workedMs = workingMs(hours, queuedAt, now);
  const { expiresAfterMinutes } = settings;
  if (isOver(workedMs, expiresAfterMinutes)) return "expired";
  if (!isOpen(hours, now) && now.getTime() - queuedAt.getTime() >= slaMs(channel, settings)) {
    if (expiresAfterMinutes > 0) return "closed";
    return session.contactAskedAt === null ? "closing" : null;
  }
  if (rungOf(channel, workedMs, settings) > rung) return "escalated";
  return isWorthTelling(toldPosition, position) ? "moved" : null;
}

function isLost(
  { takenBy, takenAt, heartbeatAt, snoozedUntil, isMember }: OpenSession,
  settings: HandoffSettings,
  now: Date,
): boolean {
  if (takenBy === null || !isMember) return true;
  const heardAt = heartbeatAt === null ? 0 : new Date(heartbeatAt).getTime();
  // Whoever put a dialog aside until tomorrow may go home; its time starts when the dialog is back.
  const owedSince = Math.max(takenAt?.getTime() ?? 0, heardAt, snoozedUntil?.getTime() ?? 0);
  return isOver(now.getTime() - owedSince, settings.operatorLostAfterMinutes);
}

type Step = (ctx: WorkspaceCtx, session: OpenSession, settings: HandoffSettings) => Promise<boolean>;
type Work = (
  ctx: WorkspaceCtx,
  dialog: HandoffDialog,
  session: OpenSession,
  settings: HandoffSettings,
) => Promise<boolean>;

// A step acts on the episode that was seen; when the dialog went on meanwhile there is nothing to do.
const onSame = (work: Work): Step => {
  return (ctx, session, settings) =>
    inTransaction(ctx, async (tx) => {
      const dialog = await holdDialog(tx, session.dialogId);
      const isSame =
        dialog.sessionId === session.id &&
        dialog.handoffStatus === session.status &&
        dialog.takenBy === session.takenBy &&
        dialog.status === "open";
      return isSame && work(tx, dialog, session, settings);
    });
};

const STEPS: Record<Due, Step> = {
  escalated: onSame(async (ctx, dialog, session, settings) => {
    const workedMs = workingMs(hoursOf(settings), session.queuedAt, ctx.now());
    const rung = rungOf(session.channel, workedMs, settings);
    if (!(await raiseRung(ctx.db, ctx.workspaceId, session.id, rung))) return false;
    await audit(ctx, { operation: "handoff.escalated", targetKind: "dialog", targetId: dialog.id, detail: { rung } });
    await publish(ctx, { type: "handoff.escalated", ids: { dialogId: dialog.id } });
    const { position = 1, waitMinutes = 0 } = await resultOf(ctx, dialog);
    // Rungs do not raise the epoch; the number of the rung tells their notices apart.
    await tellVisitor(ctx, dialog, { kind: "waiting", position, minutes: waitMinutes, rung });
    await updateSession(ctx.db, ctx.workspaceId, session.id, { toldPosition: position });
    await mailTeam(ctx, dialog, { rung, fromRung: session.rung });
    return true;
  }),
  moved: onSame(async (ctx, dialog, session) => {
    const { position = 1, waitMinutes = 0 } = await resultOf(ctx, dialog);
    if (!isWorthTelling(session.toldPosition, position)) return false;
    await tellVisitor(ctx, dialog, { kind: "moved", position, minutes: waitMinutes });
    await updateSession(ctx.db, ctx.workspaceId, session.id, { toldPosition: position });
    return true;
  }),
  expired: onSame(async (ctx, dialog) => {
    const moved = await giveUp(ctx, dialog);
    if (moved) await tellVisitor(ctx, moved, { kind: "expired" });
    return moved !== null;
  }),
  closed: onSame(async (ctx, dialog, session, settings) => {
    const moved = await giveUp(ctx, dialog);
    if (moved) await tellVisitor(ctx, moved, { kind: "closing", reach: await reachOf(ctx, settings), key: session.id });
    return moved !== null;
  }),
  closing: onSame(async (ctx, dialog, session, settings) => {
    await askContact(ctx, dialog, ctx.now());
    await tellVisitor(ctx, dialog, { kind: "closingQueued", reach: await reachOf(ctx, settings), key: session.id });
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

/** Back to the assistant without anybody having come; the visitor may leave a contact from now on. */
async function giveUp(ctx: WorkspaceCtx, dialog: HandoffDialog): Promise<HandoffDialog | null> {
  if (judge(ctx, dialog, "expire").kind !== "move") return null;
  const effects = { event: "handoff.expired", operation: "handoff.expired" } as const;
  const moved = await returnToAssistant(ctx, dialog, "expired", effects);
  await askContact(ctx, dialog, ctx.now());
  return moved;
}

// The row of an episode carries its own tenant.
const tenant = (ctx: Ctx, { workspaceId }: OpenSession): WorkspaceCtx => ({
  ...ctx,
  workspaceId: workspaceId as WorkspaceId,
});
