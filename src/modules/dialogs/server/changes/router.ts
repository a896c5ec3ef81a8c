import { deleteMessageInput, editMessageInput } from "@/modules/dialogs/changes/contract";
import { memberProcedure } from "@/trpc/init";
import { deleteMessage, editMessage } from "./service";

/** Joins the namespace `dialogs`: what the team does to messages that it sent. */
export const changeProcedures = {
  editMessage: memberProcedure.input(editMessageInput).mutation(({ ctx, input }) => editMessage(ctx, input)),
  deleteMessage: memberProcedure.input(deleteMessageInput).mutation(({ ctx, input }) => deleteMessage(ctx, input)),
};
