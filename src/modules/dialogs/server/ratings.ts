import { notFound } from "@/lib/errors";
import { rateDialogInput, type RateDialogInput } from "@/modules/dialogs/contract";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { upsertRating } from "./ratings-repository";

/**
 * Keeps what the visitor of a dialog thought of it, 1 to 5. A second one takes the place of the first. The door has proved
 * that the dialog is the visitor's. Refuses: NOT_FOUND; a ZodError for any other number.
 */
export async function rateDialog(ctx: WorkspaceCtx, input: RateDialogInput): Promise<{ ok: true }> {
  const { dialogId, stars } = rateDialogInput.parse(input);
  return inTransaction(ctx, async (ctx) => {
    if (!(await upsertRating(ctx.db, ctx.workspaceId, { dialogId, stars }, ctx.now()))) throw notFound("Dialog");
    await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
    return { ok: true as const };
  });
}
