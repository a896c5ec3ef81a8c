import { explainInput } from "@/modules/chat/contract";
import { translateInput } from "@/modules/chat/drafting/contract";
import { watchInput } from "@/modules/chat/watching/contract";
import { memberProcedure, router } from "@/trpc/init";
import { canTranslate } from "./drafting/service";
import { translate } from "./drafting/translation";
import { watchDialog } from "./watching/service";
import { explainAnswer } from "./explain";

const translateQuota = { limit: 30, windowSeconds: 60 };

export const chatRouter = router({
  live: memberProcedure.input(watchInput).query(({ ctx, input }) => watchDialog(ctx, input)),
  explain: memberProcedure.input(explainInput).query(({ ctx, input }) => explainAnswer(ctx, input)),
  writingHelp: memberProcedure.query(() => canTranslate()),
  translate: memberProcedure
    .meta({ limit: translateQuota })
    .input(translateInput)
    .mutation(({ ctx, input }) => translate(ctx, input)),
});
