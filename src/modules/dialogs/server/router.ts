import {
  closeDialogInput,
  dialogRef,
  listDialogsInput,
  listMessagesInput,
  noteInput,
  ofDialogInput,
  rateAnswerInput,
  tagInput,
} from "@/modules/dialogs/contract";
import { dialogFilterInput } from "@/modules/dialogs/list/contract";
import { deliveryRef } from "@/modules/dialogs/delivery/contract";
import { managerProcedure, memberProcedure } from "@/trpc/init";
import { getDelivery, retryDelivery } from "./delivery/service";
import { countDialogs, listDialogs } from "./list/service";
import { addTeamNote, listNotes, tagDialog } from "./notes";
import { rateAnswer } from "./ratings";
import { markUnread } from "./marking";
import { reopenDialog } from "./reopening";
import { closeDialog, getDialog, listMessages, markRead } from "./service";
import { getHoldings, removeVisitor } from "./visitors/service";

/** The namespace `dialogs`, but for what needs to know who has a dialog. */
export const dialogProcedures = {
  list: memberProcedure.input(listDialogsInput).query(({ ctx, input }) => listDialogs(ctx, input)),
  counts: memberProcedure.input(dialogFilterInput).query(({ ctx, input }) => countDialogs(ctx, input)),
  get: memberProcedure.input(dialogRef).query(({ ctx, input }) => getDialog(ctx, input)),
  messages: memberProcedure.input(listMessagesInput).query(({ ctx, input }) => listMessages(ctx, input)),
  notes: memberProcedure.input(ofDialogInput).query(({ ctx, input }) => listNotes(ctx, input)),
  note: memberProcedure.input(noteInput).mutation(({ ctx, input }) => addTeamNote(ctx, input)),
  tag: memberProcedure.input(tagInput).mutation(({ ctx, input }) => tagDialog(ctx, input)),
  delivery: memberProcedure.input(deliveryRef).query(({ ctx, input }) => getDelivery(ctx, input)),
  retryDelivery: memberProcedure.input(deliveryRef).mutation(({ ctx, input }) => retryDelivery(ctx, input)),
  close: memberProcedure.input(closeDialogInput).mutation(({ ctx, input }) => closeDialog(ctx, input)),
  reopen: memberProcedure.input(ofDialogInput).mutation(({ ctx, input }) => reopenDialog(ctx, input)),
  rateAnswer: memberProcedure.input(rateAnswerInput).mutation(({ ctx, input }) => rateAnswer(ctx, input)),
  visitorData: managerProcedure.input(ofDialogInput).query(({ ctx, input }) => getHoldings(ctx, input)),
  removeVisitor: managerProcedure.input(ofDialogInput).mutation(({ ctx, input }) => removeVisitor(ctx, input)),
  markRead: memberProcedure.input(ofDialogInput).mutation(({ ctx, input }) => markRead(ctx, input)),
  markUnread: memberProcedure.input(ofDialogInput).mutation(({ ctx, input }) => markUnread(ctx, input)),
};
