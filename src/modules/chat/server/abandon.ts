import { bookingActor } from "@/modules/balance/server/charging";
import type { WorkspaceCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { abandonGeneration } from "./repository";

/** Closes a running generation that nobody works on any more: it never settles, and its hold is given back. */
export async function abandonTurn(ctx: WorkspaceCtx, ref: { dialogId: string; messageId: string }): Promise<void> {
  const closing = { now: ctx.now(), payer: bookingActor(ctx.actor) };
  await inTransaction(ctx, (ctx) => abandonGeneration(ctx.db, ctx.workspaceId, ref, closing));
}
