import { notFound } from "@/lib/errors";
import {
  rateAnswerInput,
  type RateAnswerInput,
  rateDialogInput,
  type RateDialogInput,
} from "@/modules/dialogs/contract";
import { answerDisliked, dialogDisliked } from "@/modules/dialogs/events";
import type { Thumb } from "@/modules/dialogs/limits";
import { raterOf } from "@/modules/dialogs/rules";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { deleteThumb, lockAnswer, upsertRating, upsertThumb } from "./ratings-repository";

/**
 * Keeps what the visitor of a dialog thought of it, 1 to 5. A second one takes the place of the first. The door has proved
 * that the dialog is the visitor's. Refuses: NOT_FOUND; a ZodError for any other number.
 */
export async function rateDialog(ctx: WorkspaceCtx, input: RateDialogInput): Promise<{ ok: true }> {
  const { dialogId, stars, comment } = rateDialogInput.parse(input);
  return inTransaction(ctx, async (ctx) => {
    if (!(await upsertRating(ctx.db, ctx.workspaceId, { dialogId, stars, comment }, ctx.now())))
      throw notFound("Dialog");
    await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
    if (stars <= 2) await enqueue(ctx, dialogDisliked, { workspaceId: ctx.workspaceId, dialogId, stars });
    return { ok: true as const };
  });
}

/**
 * Keeps the caller's thumb under an answer: one of the visitor, whose door has proved the dialog, and one of each member.
 * A second one takes the place of the first, a comment stays until another is given. Refuses: NOT_FOUND, also for what is no
 * answer.
 */
export async function rateAnswer(ctx: WorkspaceCtx, input: RateAnswerInput): Promise<{ thumb: Thumb | null }> {
  const { messageId, thumb, comment } = rateAnswerInput.parse(input);
  const rater = raterOf(ctx.actor);
  if (rater === null) throw notFound("Answer");
  return inTransaction(ctx, async (tx) => {
    const answer = await lockAnswer(tx.db, tx.workspaceId, messageId, rater);
    if (!answer) throw notFound("Answer");
    const { dialogId, given } = answer;
    if (thumb === null) await deleteThumb(tx.db, tx.workspaceId, messageId, rater);
    else {
      const isPositive = thumb === "up";
      const kept = { dialogId, messageId, rater, isPositive, comment: comment ?? given?.comment ?? "" };
      await upsertThumb(tx.db, tx.workspaceId, kept, tx.now());
      if (rater === "visitor" && !isPositive && given?.isPositive !== false)
        await enqueue(tx, answerDisliked, { workspaceId: tx.workspaceId, dialogId, messageId });
    }
    await publish(tx, { type: "message.updated", ids: { dialogId, messageId } });
    return { thumb };
  });
}
