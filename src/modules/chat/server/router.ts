import { explainInput } from "@/modules/chat/contract";
import { memberProcedure, router } from "@/trpc/init";
import { explainAnswer } from "./explain";

export const chatRouter = router({
  explain: memberProcedure.input(explainInput).query(({ ctx, input }) => explainAnswer(ctx, input)),
});
