import { AppError } from "@/lib/errors";
import { type WrittenMessage, writeMessage } from "@/modules/dialogs/server/writing";
import type { ReplyInput } from "@/modules/handoff/contract";
import { mayReply } from "@/modules/handoff/policy";
import type { MemberCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { takeDialog } from "./holding";
import { keepPresent } from "./presence/service";
import { conflict, holdDialog } from "./transition";

/**
 * An operator's words to the visitor, stored once per client id and then carried by the dialog's channel. Only while a person
 * has the dialog: its holder, owners and admins. Refuses: NOT_FOUND; CONFLICT when the dialog has ended, waits, is the
 * assistant's, or another's.
 */
export async function replyToVisitor(ctx: MemberCtx, input: ReplyInput): Promise<WrittenMessage> {
  const { dialogId, id, text, takeOver } = input;
  return inTransaction(ctx, async (tx) => {
    if (takeOver) await takeDialog(tx, { dialogId });
    // Before the dialog's row, as everywhere.
    else await keepPresent(tx);
    const dialog = await holdDialog(tx, dialogId);
    if (dialog.status === "ended") throw conflict("ended", dialog);
    if (dialog.handoffStatus === "none") throw conflict("with-assistant", dialog);
    if (dialog.handoffStatus === "requested") throw conflict("waiting", dialog);
    if (!mayReply(tx.actor, dialog.takenBy)) throw conflict("not-yours", dialog);
    const written = await writeMessage(tx, {
      dialogId,
      author: "operator",
      userId: tx.actor.userId,
      clientId: id,
      text,
    });
    if (!written.isNew && !written.isOwn) {
      throw new AppError("CONFLICT", "Another message has this id.", { facts: { reason: "id-taken" } });
    }
    return written;
  });
}
