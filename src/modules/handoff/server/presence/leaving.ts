import { AppError } from "@/lib/errors";
import type { Presence } from "@/modules/handoff/contract";
import type { GoOfflineInput } from "@/modules/handoff/presence/contract";
import type { MemberCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { releaseDialog, transferDialog } from "../holding";
import { listHeld } from "../queue-repository";
import { lockPresence } from "./repository";
import { beat } from "./service";

/**
 * Makes the caller offline and settles the own dialogs, all or none: kept, returned to the assistant, or handed to one
 * colleague. Refuses: NOT_FOUND for a stranger; CONFLICT when the colleague is not online or has no room for all of them.
 */
export async function goOffline(ctx: MemberCtx, input: GoOfflineInput): Promise<Presence> {
  const { userId } = ctx.actor;
  const heirId = input.dialogs === "hand-over" ? input.userId : userId;
  if (input.dialogs === "hand-over" && heirId === userId) throw new AppError("VALIDATION", "Choose a colleague.");
  return inTransaction(ctx, async (tx) => {
    // A fixed order of people, before any dialog: two who leave to each other must not wait for each other.
    await lockPresence(tx.db, tx.workspaceId, userId < heirId ? userId : heirId);
    if (heirId !== userId) await lockPresence(tx.db, tx.workspaceId, userId < heirId ? heirId : userId);
    const held = input.dialogs === "keep" ? [] : await listHeld(tx.db, tx.workspaceId, userId);
    for (const { dialogId } of held) {
      if (input.dialogs === "return") await releaseDialog(tx, { dialogId });
      else await transferDialog(tx, { dialogId, userId: heirId });
    }
    return beat(tx, { status: "offline" });
  });
}
