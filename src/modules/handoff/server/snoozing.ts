import { AppError } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { HandoffState, SnoozeInput } from "@/modules/handoff/contract";
import { dialogSnoozed } from "@/modules/handoff/events";
import { mayBeAsideUntil } from "@/modules/handoff/rules";
import type { MemberCtx } from "@/server/context";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { findDialog, findWorkspaceOf, putAside } from "./repository";
import { conflict, holdDialog, judge } from "./transition";

/**
 * Puts a dialog that a person answers aside until a moment, at most a year ahead; null brings it back. By its holder, or an
 * owner or admin. What stands so already stays. Refuses: NOT_FOUND; CONFLICT; VALIDATION for a moment out of reach.
 */
export async function snoozeDialog(
  ctx: MemberCtx,
  { dialogId, until }: SnoozeInput,
): Promise<Pick<HandoffState, "snoozedUntil">> {
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    // Whoever may give it back may put it aside.
    const decision = judge(tx, dialog, "release");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    if (dialog.snoozedUntil?.getTime() === until?.getTime()) return { snoozedUntil: until };
    if (until && !mayBeAsideUntil(until, tx.now()))
      throw new AppError("VALIDATION", "Choose a moment between now and a year from now.");
    await putAside(tx.db, tx.workspaceId, dialogId, until);
    const key = `snooze:${dialogId}`;
    if (until) await enqueue(tx, dialogSnoozed, { dialogId }, { lane: key, key, runAt: until });
    const operation = until ? "handoff.snoozed" : "handoff.woken";
    await audit(tx, {
      operation,
      targetKind: "dialog",
      targetId: dialogId,
      detail: { until: until?.toISOString() ?? null },
    });
    await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { snoozedUntil: until };
  });
}

/** Tells the team that a dialog is back. Silent when it came back before, or was put aside for longer. */
export async function announceReturn(ctx: JobCtx, { dialogId }: { dialogId: string }): Promise<void> {
  const workspaceId = await findWorkspaceOf(ctx.db, dialogId);
  if (!workspaceId) return;
  const dialog = await findDialog(ctx.db, workspaceId, dialogId);
  if (!dialog?.snoozedUntil || dialog.snoozedUntil > ctx.now()) return;
  await publish({ ...ctx, workspaceId }, { type: "dialog.changed", ids: { dialogId } });
}
