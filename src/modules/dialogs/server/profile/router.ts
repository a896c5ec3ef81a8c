import { dialogContextInput, nameVisitorInput } from "@/modules/dialogs/profile/contract";
import { memberProcedure } from "@/trpc/init";
import { getContext, nameVisitor } from "./service";

/** Joins the namespace `dialogs`: the visitor behind a dialog, and what surrounds it. */
export const profileProcedures = {
  context: memberProcedure.input(dialogContextInput).query(({ ctx, input }) => getContext(ctx, input)),
  nameVisitor: memberProcedure.input(nameVisitorInput).mutation(({ ctx, input }) => nameVisitor(ctx, input)),
};
