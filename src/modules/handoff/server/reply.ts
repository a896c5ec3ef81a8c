import { AppError } from "@/lib/errors";
import { getDialog } from "@/modules/dialogs/server/service";
import { findWritten, type WrittenMessage, writeMessage } from "@/modules/dialogs/server/writing";
import type { RepliesInput, RepliesResult, ReplyInput } from "@/modules/handoff/contract";
import { mayReply } from "@/modules/handoff/policy";
import type { MemberCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { dropDraft } from "./drafts/service";
import { findFileToSend, markFileSent } from "./files/sending";
import { takeDialog } from "./holding";
import { keepPresent } from "./presence/service";
import { type HandoffDialog } from "./repository";
import { findColleagueAfter } from "./talk-repository";
import { conflict, holdDialog } from "./transition";

/**
 * An operator's words or file to the visitor, stored once per client id and then carried by the dialog's channel. Only while a
 * person has the dialog: its holder, owners and admins. Refuses: NOT_FOUND; CONFLICT when the dialog has ended, waits, is the
 * assistant's, or another's, when a colleague replied after what the author saw, and when the file has left already.
 */
export async function replyToVisitor(ctx: MemberCtx, input: ReplyInput): Promise<WrittenMessage> {
  const { dialogId, id, takeOver } = input;
  const { userId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    // A repeat is answered before anything is judged: what was stored stays sent, whatever became of the dialog since.
    const known = await findWritten(tx, { dialogId, userId, clientId: id });
    if (known) return known;
    if (takeOver) await takeDialog(tx, { dialogId });
    // Before the dialog's row, as everywhere.
    else await keepPresent(tx);
    const dialog = await holdDialog(tx, dialogId);
    assertMayReply(tx, dialog);
    await assertSeen(tx, input);
    return write(tx, input);
  });
}

/**
 * Several replies of one author in their order, each judged by itself; a refusal of one leaves the others done. Refuses:
 * NOT_FOUND. What was stored when a defect ends it is found again by its id.
 */
export async function replyInOrder(ctx: MemberCtx, { dialogId, replies }: RepliesInput): Promise<RepliesResult> {
  await getDialog(ctx, { id: dialogId });
  const outcomes: RepliesResult["outcomes"] = [];
  for (const reply of replies) {
    try {
      await replyToVisitor(ctx, { ...reply, dialogId });
      outcomes.push({ ok: true });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcomes.push({ ok: false, appCode: error.code, facts: { ...error.facts } });
    }
  }
  return { outcomes };
}

async function write(
  ctx: MemberCtx,
  { dialogId, id, text, fileId, draftRevision }: ReplyInput,
): Promise<WrittenMessage> {
  const { userId } = ctx.actor;
  const twin = await findWritten(ctx, { dialogId, userId, clientId: id });
  if (twin) return twin;
  const attachment = fileId === undefined ? undefined : await findFileToSend(ctx, { dialogId, fileId });
  const message = { dialogId, author: "operator", userId, clientId: id, text, attachment } as const;
  const written = await writeMessage(ctx, message);
  if (!written.isOwn) throw new AppError("CONFLICT", "Another message has this id.", { facts: { reason: "id-taken" } });
  if (fileId !== undefined) await markFileSent(ctx, { fileId, messageId: written.id });
  await dropDraft(ctx, { dialogId, kind: "reply", revision: draftRevision });
  return written;
}

function assertMayReply(ctx: MemberCtx, dialog: HandoffDialog): void {
  if (dialog.status === "ended") throw conflict("ended", dialog);
  if (dialog.handoffStatus === "none") throw conflict("with-assistant", dialog);
  if (dialog.handoffStatus === "requested") throw conflict("waiting", dialog);
  if (!mayReply(ctx.actor, dialog.takenBy)) throw conflict("not-yours", dialog);
}

async function assertSeen(ctx: MemberCtx, { dialogId, seenSeq }: ReplyInput): Promise<void> {
  if (seenSeq === undefined) return;
  const { userId } = ctx.actor;
  const colleague = await findColleagueAfter(ctx.db, ctx.workspaceId, { dialogId, seenSeq, userId });
  if (!colleague) return;
  const seconds = Math.max(0, Math.round((ctx.now().getTime() - colleague.repliedAt.getTime()) / 1000));
  throw new AppError("CONFLICT", "A colleague has replied meanwhile.", {
    facts: { reason: "colleague-replied", holder: colleague.name, seconds },
  });
}
