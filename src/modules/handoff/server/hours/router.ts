import { saveHoursInput, saveLadderInput } from "@/modules/handoff/hours/contract";
import { managerProcedure, memberProcedure, router } from "@/trpc/init";
import { reachOf, saveHours, saveLadder, settingsOf } from "./service";

/** How people may be reached: hours, promises, whom a wait alarms. */
export const reachRouter = router({
  get: managerProcedure.query(({ ctx }) => settingsOf(ctx)),
  now: memberProcedure.query(({ ctx }) => reachOf(ctx)),
  saveHours: managerProcedure.input(saveHoursInput).mutation(({ ctx, input }) => saveHours(ctx, input)),
  saveLadder: managerProcedure.input(saveLadderInput).mutation(({ ctx, input }) => saveLadder(ctx, input)),
});
