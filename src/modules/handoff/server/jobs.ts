import * as z from "zod";
import { answerDisliked, dialogDisliked } from "@/modules/dialogs/events";
import { contactLeft, dialogSnoozed, teamCalled } from "@/modules/handoff/events";
import { defineJob } from "@/server/jobs/define";
import { writeContactLetters } from "./contact/service";
import { callForAnswer, callForDialog } from "./disliked";
import { forgetFiles } from "./files/service";
import { writeLetters } from "./mail";
import { announceSilence } from "./presence/service";
import { announceReturn } from "./snoozing";
import { watchHandoffs } from "./watch";

export const mailTeamJob = defineJob({ ...teamCalled, run: writeLetters });

export const mailContactJob = defineJob({ ...contactLeft, run: writeContactLetters });

export const answerDislikedJob = defineJob({ ...answerDisliked, run: callForAnswer });
export const dialogDislikedJob = defineJob({ ...dialogDisliked, run: callForDialog });

export const wakeDialogJob = defineJob({ ...dialogSnoozed, run: announceReturn });

export const watchHandoffsJob = defineJob({
  name: "handoff.watch",
  payload: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    ctx.note({ silent: await announceSilence(ctx), ...(await watchHandoffs(ctx)) });
  },
});

// Whoever picked a file and left for a week will not miss it.
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60_000;

export const forgetFilesJob = defineJob({
  name: "handoff.forget-files",
  payload: z.object({}),
  cron: "41 * * * *",
  run: async (ctx) => {
    ctx.note({ forgotten: await forgetFiles(ctx, new Date(ctx.now().getTime() - FORGOTTEN_AFTER_MS)) });
  },
});

/** Every job of the module, for the worker. */
export const handoffJobs = [
  mailTeamJob,
  mailContactJob,
  answerDislikedJob,
  dialogDislikedJob,
  wakeDialogJob,
  watchHandoffsJob,
  forgetFilesJob,
] as const;
