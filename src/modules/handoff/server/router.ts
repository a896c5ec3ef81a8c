import {
  checkInput,
  handoffDialogInput,
  heartbeatInput,
  queueInput,
  releaseInput,
  repliesInput,
  replyInput,
  requestHandoffInput,
  resetInput,
  snoozeInput,
  transferInput,
} from "@/modules/handoff/contract";
import { reportInput } from "@/modules/handoff/company/contract";
import { goOfflineInput } from "@/modules/handoff/presence/contract";
import { managerProcedure, memberProcedure, router } from "@/trpc/init";
import { checkText } from "./triggers";
import { reportAct } from "./company/service";
import { conversationProcedures } from "./conversation/router";
import { proposeSummary, releaseDialog, resetDialog, takeDialog, transferDialog } from "./holding";
import { goOffline } from "./presence/leaving";
import { beat, getPresence, listOperators } from "./presence/service";
import { getCounts, listMine, listQueue } from "./queue";
import { replyInOrder, replyToVisitor } from "./reply";
import { snoozeDialog } from "./snoozing";
import { cancelHandoff, handoffState, requestHandoff } from "./service";

// People who answer many customers must not meet the quota of ordinary writes.
const replyQuota = { limit: 120, windowSeconds: 60 };
// Several tabs, each with a beat every fifteen seconds and at each change of visibility.
const beatQuota = { limit: 240, windowSeconds: 60 };

// Somebody who types in one dialog and looks at it in several tabs.
const actQuota = { limit: 120, windowSeconds: 60 };

export const handoffRouter = router({
  ...conversationProcedures,
  request: memberProcedure.input(requestHandoffInput).mutation(({ ctx, input }) => requestHandoff(ctx, input)),
  take: memberProcedure.input(handoffDialogInput).mutation(({ ctx, input }) => takeDialog(ctx, input)),
  release: memberProcedure.input(releaseInput).mutation(({ ctx, input }) => releaseDialog(ctx, input)),
  cancel: memberProcedure.input(handoffDialogInput).mutation(({ ctx, input }) => cancelHandoff(ctx, input)),
  transfer: memberProcedure.input(transferInput).mutation(({ ctx, input }) => transferDialog(ctx, input)),
  snooze: memberProcedure.input(snoozeInput).mutation(({ ctx, input }) => snoozeDialog(ctx, input)),
  reset: managerProcedure.input(resetInput).mutation(({ ctx, input }) => resetDialog(ctx, input)),
  summary: memberProcedure.input(handoffDialogInput).query(({ ctx, input }) => proposeSummary(ctx, input.dialogId)),
  state: memberProcedure.input(handoffDialogInput).query(({ ctx, input }) => handoffState(ctx, input.dialogId)),
  queue: memberProcedure.input(queueInput).query(({ ctx, input }) => listQueue(ctx, input)),
  mine: memberProcedure.query(({ ctx }) => listMine(ctx)),
  counts: memberProcedure.query(({ ctx }) => getCounts(ctx)),
  operators: memberProcedure.query(({ ctx }) => listOperators(ctx)),
  check: memberProcedure.input(checkInput).query(({ ctx, input }) => checkText(ctx, input)),
  heartbeat: memberProcedure
    .meta({ limit: beatQuota })
    .input(heartbeatInput)
    .mutation(({ ctx, input }) => beat(ctx, input)),
  presence: memberProcedure.query(({ ctx }) => getPresence(ctx)),
  goOffline: memberProcedure.input(goOfflineInput).mutation(({ ctx, input }) => goOffline(ctx, input)),
  report: memberProcedure
    .meta({ limit: actQuota })
    .input(reportInput)
    .mutation(({ ctx, input }) => reportAct(ctx, input)),
});

/** Joins the namespace `dialogs`: a reply needs to know who has the dialog. */
export const replyProcedures = {
  reply: memberProcedure
    .meta({ limit: replyQuota })
    .input(replyInput)
    .mutation(({ ctx, input }) => replyToVisitor(ctx, input)),
  replies: memberProcedure.input(repliesInput).mutation(({ ctx, input }) => replyInOrder(ctx, input)),
};
