import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { reopenableForMs } from "@/modules/dialogs/limits";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction, sqlState } from "@/server/transaction";
import { lockEnd, reviveEpisode, takeEndBack } from "./reopening-repository";

const UNIQUE_VIOLATION = "23505";

/**
 * Takes back that a member closed a dialog: it is open again, in the same hands or at the same place of the queue. Reopening
 * an open one is fine. Refuses: NOT_FOUND; CONFLICT with reason `reopen-late` five minutes after the end or when no member
 * closed it, `reopen-followed` when the visitor has begun another dialog since.
 */
export async function reopenDialog(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<{ ok: true }> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const end = await lockEnd(tx.db, tx.workspaceId, dialogId);
      if (!end) throw notFound("Dialog");
      if (end.status === "open") return { ok: true as const };
      if (end.isFollowed) throw followed();
      const { endedAt, closedBy } = end;
      if (!endedAt || !closedBy || tx.now().getTime() - endedAt.getTime() > reopenableForMs) throw late();
      const episode = await reviveEpisode(tx.db, tx.workspaceId, dialogId, endedAt);
      const handoffStatus = !episode ? "none" : episode.taken_by ? "active" : "requested";
      await takeEndBack(tx.db, tx.workspaceId, dialogId, { handoffStatus, now: tx.now() });
      await audit(tx, { operation: "dialogs.reopened", targetKind: "dialog", targetId: dialogId });
      if (episode) {
        const type = handoffStatus === "active" ? "handoff.started" : "handoff.requested";
        await publish(tx, { type, ids: { dialogId } });
      }
      await publish(tx, { type: "dialog.changed", ids: { dialogId } });
      return { ok: true as const };
    });
  } catch (error) {
    // The visitor's next message came between our look and our commit.
    if (sqlState(error) === UNIQUE_VIOLATION) throw followed(error);
    throw error;
  }
}

function followed(cause?: unknown): AppError {
  const sentence = "The visitor has begun another dialog since.";
  return new AppError("CONFLICT", sentence, { cause, facts: { reason: "reopen-followed" } });
}

function late(): AppError {
  return new AppError("CONFLICT", "This dialog can be reopened no more.", { facts: { reason: "reopen-late" } });
}
