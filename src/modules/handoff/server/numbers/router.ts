import { numbersInput } from "@/modules/handoff/numbers/contract";
import { managerProcedure, memberProcedure, router } from "@/trpc/init";
import { getOwnNumbers, listTeamNumbers } from "./service";

export const numbersRouter = router({
  own: memberProcedure.input(numbersInput).query(({ ctx, input }) => getOwnNumbers(ctx, input)),
  team: managerProcedure.input(numbersInput).query(({ ctx, input }) => listTeamNumbers(ctx, input)),
});
