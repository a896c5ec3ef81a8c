import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { visitorRemoved } from "@/modules/dialogs/events";
import type { VisitorHoldings } from "@/modules/dialogs/visitors/contract";
import { removeFileJob } from "@/modules/knowledge/server/jobs";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { countHoldings, deletePerson, findVisitor, listDialogIds, listStoredFiles } from "./repository";

/** What of the visitor of a dialog would go, in all dialogs of the person. Refuses: NOT_FOUND. */
export async function getHoldings(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<VisitorHoldings> {
  const visitor = await findVisitor(ctx.db, ctx.workspaceId, dialogId);
  if (!visitor) throw notFound("Dialog");
  return { visitorName: visitor.visitorName, ...(await countHoldings(ctx.db, ctx.workspaceId, visitor)) };
}

/**
 * Removes everything that the visitor of a dialog left in the workspace: all dialogs of the person with messages, notes,
 * ratings and files, and the name that was given. Charges stay, without a word of the talk; files go by jobs after the
 * commit. A running answer finds no dialog and is not charged. Refuses: NOT_FOUND, also to the second of two callers.
 */
export async function removeVisitor(
  ctx: WorkspaceCtx,
  { dialogId }: { dialogId: string },
): Promise<{ dialogCount: number; messageCount: number }> {
  return inTransaction(ctx, async (tx) => {
    const visitor = await findVisitor(tx.db, tx.workspaceId, dialogId);
    if (!visitor) throw notFound("Dialog");
    const ids = await listDialogIds(tx.db, tx.workspaceId, visitor, { isLocked: true });
    // A twin that waited for the locks finds that the first one took the rows away.
    if (!ids.includes(dialogId)) throw notFound("Dialog");
    const { dialogCount, messageCount } = await countHoldings(tx.db, tx.workspaceId, visitor);
    for (const storageKey of await listStoredFiles(tx.db, tx.workspaceId, ids))
      await enqueue(tx, removeFileJob, { storageKey });
    const { openEpisodes } = await deletePerson(tx.db, tx.workspaceId, visitor, ids);
    const { channel, visitorKey } = visitor;
    if (channel === "telegram") await enqueue(tx, visitorRemoved, { workspaceId: tx.workspaceId, visitorKey });
    const detail = { dialogs: dialogCount, messages: messageCount };
    await audit(tx, { operation: "visitors.removed", targetKind: "dialog", targetId: dialogId, detail });
    if (openEpisodes > 0) await publish(tx, { type: "handoff.closed", ids: { dialogId } });
    await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { dialogCount, messageCount };
  });
}
