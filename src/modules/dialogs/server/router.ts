import { closeDialogInput, dialogRef, listDialogsInput, listMessagesInput } from "@/modules/dialogs/contract";
import { memberProcedure, router } from "@/trpc/init";
import { closeDialog, getDialog, listDialogs, listMessages, markRead } from "./service";

export const dialogsRouter = router({
  list: memberProcedure.input(listDialogsInput).query(({ ctx, input }) => listDialogs(ctx, input)),
  get: memberProcedure.input(dialogRef).query(({ ctx, input }) => getDialog(ctx, input)),
  messages: memberProcedure.input(listMessagesInput).query(({ ctx, input }) => listMessages(ctx, input)),
  close: memberProcedure.input(closeDialogInput).mutation(({ ctx, input }) => closeDialog(ctx, input)),
  markRead: memberProcedure.input(closeDialogInput).mutation(({ ctx, input }) => markRead(ctx, input)),
});
