import * as z from "zod";
import { pruneEvents } from "@/modules/realtime/server/repository";
import { defineJob } from "@/server/jobs/define";

export const pruneEventsJob = defineJob({
  name: "realtime.prune-events",
  payload: z.object({}),
  cron: "*/10 * * * *",
  run: async (ctx) => ctx.note({ pruned: await pruneEvents(ctx.db) }),
});
