import { AppError } from "@/lib/errors";
import type { HandoffResult, TransferInput } from "@/modules/handoff/contract";
import { presenceOf } from "@/modules/handoff/rules";
import type { MemberCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { assertRoom, nameOf, takeDialog, transferDialog } from "../holding";
import { tellVisitor } from "../notices";
import { lockPresence } from "../presence/repository";
import { findDialog } from "../repository";
import { updateSession } from "../episodes-repository";
import { openEpisode } from "../service";
import { conflict, holdDialog, judge, move } from "../transition";

/**
 * Gives a dialog to a person of the team, wherever it stands: one that nobody has is taken on that person's behalf, another
 * is transferred. To oneself it is a take. Refuses: NOT_FOUND for dialog or person; CONFLICT as take and transfer do.
 */
export async function assignDialog(ctx: MemberCtx, { dialogId, userId }: TransferInput): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const seen = await findDialog(tx.db, tx.workspaceId, dialogId);
    if (seen?.handoffStatus === "active") return transferDialog(tx, { dialogId, userId });
    if (userId === tx.actor.userId) return takeDialog(tx, { dialogId });
    return takeFor(tx, { dialogId, userId });
  });
}

async function takeFor(ctx: MemberCtx, { dialogId, userId }: TransferInput): Promise<HandoffResult> {
  const name = await nameOf(ctx, userId);
  const presence = await lockPresence(ctx.db, ctx.workspaceId, userId);
  const dialog = await holdDialog(ctx, dialogId);
  const decision = judge(ctx, dialog, "take");
  if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
  if (decision.kind === "stay") return { status: "active" };
  const now = ctx.now();
  if (presenceOf(presence, now) !== "online") {
    throw new AppError("CONFLICT", `${name} is not online.`, { facts: { reason: "target-away" } });
  }
  await assertRoom(ctx, presence, userId, dialog);
  if (dialog.sessionId)
    await updateSession(ctx.db, ctx.workspaceId, dialog.sessionId, { takenBy: userId, takenAt: now });
  else await openEpisode(ctx, dialog, { reason: "manual", takenBy: userId });
  const effects = { event: "handoff.started", operation: "handoff.assigned", detail: { to: userId } } as const;
  const moved = await move(ctx, dialog, "active", effects);
  await tellVisitor(ctx, moved, { kind: "joined", name });
  return { status: "active" };
}
