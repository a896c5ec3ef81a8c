import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { setUnread } from "./marking-repository";
import { getDialog } from "./service";

/** The dialog asks for the team's attention once more, until somebody opens it. Refuses: NOT_FOUND. */
export async function markUnread(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    if (await setUnread(tx.db, tx.workspaceId, dialogId))
      await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { ok: true as const };
  });
}
