import * as z from "zod";
import { teamCalled } from "@/modules/handoff/events";
import { defineJob } from "@/server/jobs/define";
import { writeLetters } from "./mail";
import { announceSilence } from "./presence/service";
import { watchHandoffs } from "./watch";

export const mailTeamJob = defineJob({ ...teamCalled, run: writeLetters });

export const watchHandoffsJob = defineJob({
  name: "handoff.watch",
  payload: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    ctx.note({ silent: await announceSilence(ctx), ...(await watchHandoffs(ctx)) });
  },
});

/** Every job of the module, for the worker. */
export const handoffJobs = [mailTeamJob, watchHandoffsJob] as const;
