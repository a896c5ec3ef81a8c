import { AppError } from "@/lib/errors";
import { markUnread } from "@/modules/dialogs/server/marking";
import { tagDialog } from "@/modules/dialogs/server/notes";
import { reopenDialog } from "@/modules/dialogs/server/reopening";
import { closeDialog, markRead } from "@/modules/dialogs/server/service";
import type { InboxBulkAction, InboxBulkInput, InboxBulkResult } from "@/modules/handoff/inbox/contract";
import type { MemberCtx } from "@/server/context";
import { snoozeDialog } from "../snoozing";
import { assignDialog } from "./assigning";

/**
 * Does the same to several dialogs, each in a transaction of its own and in the order given, so that a refusal of one leaves
 * the others done. What is refused comes back with its reason; a foreign id is refused as `NOT_FOUND`.
 */
export async function actOnDialogs(ctx: MemberCtx, { dialogIds, action }: InboxBulkInput): Promise<InboxBulkResult> {
  const result: InboxBulkResult = { done: [], refused: [] };
  for (const dialogId of new Set(dialogIds)) {
    try {
      await act(ctx, dialogId, action);
      result.done.push(dialogId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      result.refused.push({ dialogId, appCode: error.code, facts: { ...error.facts } });
    }
  }
  return result;
}

async function act(ctx: MemberCtx, dialogId: string, action: InboxBulkAction): Promise<unknown> {
  switch (action.kind) {
    case "close":
      return closeDialog(ctx, { dialogId });
    case "reopen":
      return reopenDialog(ctx, { dialogId });
    case "assign":
      return assignDialog(ctx, { dialogId, userId: action.userId });
    case "tag":
      return tagDialog(ctx, { dialogId, text: action.text });
    case "read":
      return markRead(ctx, { dialogId });
    case "unread":
      return markUnread(ctx, { dialogId });
    case "snooze":
      return snoozeDialog(ctx, { dialogId, until: action.until });
  }
}
