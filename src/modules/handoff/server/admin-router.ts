import { resetInput } from "@/modules/handoff/contract";
import { router, staffProcedure } from "@/trpc/init";
import { resetAnywhere } from "./holding";

export const handoffAdminRouter = router({
  reset: staffProcedure.input(resetInput).mutation(({ ctx, input }) => resetAnywhere(ctx, input)),
});
