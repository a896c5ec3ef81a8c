import * as z from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { assistantRemoved } from "@/modules/assistants/events";
import { answerDue, botConnected, botDisconnected, partsQueued, updateRecorded } from "@/modules/bots/events";
import { deliveryRetried, messageChanged, noticeLeft, operatorReplied, visitorRemoved } from "@/modules/dialogs/events";
import type { Ctx } from "@/server/context";
import { defineJob, enqueue } from "@/server/jobs/define";
import { answerPlanned } from "./answers/service";
import { addressOf } from "@/modules/bots/rules";
import { forgetPerson } from "./intake/repository";
import { forgetOldUpdates } from "./intake/prune";
import { examineDue } from "./doctor/service";
import { processUpdate } from "./intake/service";
import { carryChange } from "./outgoing/changes/service";
import { deliverDialog, deliverUnserved } from "./outgoing/service";
import { sendSpoken } from "./outgoing/spoken";
import { askRatings } from "./ratings/service";
import { silenceOrphans } from "./connecting-repository";
import { removeBot, setUpBot } from "./set-up";

export const processUpdateJob = defineJob({
  ...updateRecorded,
  // The slowest model answer that a visitor would still wait for.
  timeoutMs: 180_000,
  run: processUpdate,
});

export const answerDialogJob = defineJob({
  ...answerDue,
  timeoutMs: 180_000,
  run: answerPlanned,
});

/** Visitors whose talks came to rest are asked what they thought. */
export const askRatingsJob = defineJob({
  name: "bots.ask-ratings",
  payload: z.object({}),
  cron: "* * * * *",
  run: askRatings,
});

/** Updates that were processed two weeks ago are of no use to anybody. */
export const pruneUpdatesJob = defineJob({
  name: "bots.prune-updates",
  payload: z.object({}),
  cron: "17 3 * * *",
  timeoutMs: 600_000,
  run: forgetOldUpdates,
});

export const deliverJob = defineJob({
  ...partsQueued,
  timeoutMs: 120_000,
  run: (ctx, { dialogId }) => deliverDialog(ctx, dialogId),
});

// A part may wait for Telegram and for its turn.
const spoken = { timeoutMs: 120_000, run: sendSpoken };
export const operatorRepliedJob = defineJob({ ...operatorReplied, ...spoken });
export const noticeLeftJob = defineJob({ ...noticeLeft, ...spoken });
export const deliveryRetriedJob = defineJob({ ...deliveryRetried, ...spoken });

/** What a person of the team changed after it left is changed for the visitor as well. */
export const messageChangedJob = defineJob({ ...messageChanged, timeoutMs: 120_000, run: carryChange });

/** The net under everything that queues parts: what nobody serves is sent within a minute. */
export const deliverUnservedJob = defineJob({
  name: "bots.deliver-unserved",
  payload: z.object({}),
  cron: "* * * * *",
  run: deliverUnserved,
});

/** Finds stolen and failing webhooks, growing queues and outdated settings. */
export const examineBotsJob = defineJob({
  name: "bots.examine",
  payload: z.object({}),
  cron: "* * * * *",
  // The next round comes in a minute anyway.
  attempts: 1,
  run: examineDue,
});

export const setUpBotJob = defineJob({
  ...botConnected,
  run: async (ctx, { botId }) => {
    if (!(await setUpBot(ctx, botId))) throw new Error("Telegram did not take the bot's settings.");
  },
});

/** Updates hold the words of people, so they go with the person. */
export const forgetVisitorJob = defineJob({
  ...visitorRemoved,
  run: async (ctx, { workspaceId, visitorKey }) => {
    const address = addressOf(visitorKey);
    // The payload was written by the removal inside its own tenant.
    if (address) await forgetPerson(ctx.db, workspaceId as WorkspaceId, address.userId);
  },
});

export const removeBotJob = defineJob({
  ...botDisconnected,
  run: async (ctx, { botId }) => {
    if (!(await removeBot(ctx, botId))) throw new Error("Telegram did not remove the webhook.");
  },
});

/** Bots of a removed assistant fall silent at once; their webhooks and tokens go after them. */
export const removeBotsOfAssistantJob = defineJob({ ...assistantRemoved, run: removeOrphans });

/** The net under the one above. */
export const removeOrphanBotsJob = defineJob({
  name: "bots.remove-orphans",
  payload: z.object({}),
  cron: "* * * * *",
  run: removeOrphans,
});

async function removeOrphans(ctx: Ctx): Promise<void> {
  for (const botId of await silenceOrphans(ctx.db))
    await enqueue(ctx, botDisconnected, { botId }, { key: `remove:${botId}` });
}

/** Every job of the module, for the worker. */
export const botJobs = [
  processUpdateJob,
  answerDialogJob,
  askRatingsJob,
  pruneUpdatesJob,
  deliverJob,
  deliverUnservedJob,
  operatorRepliedJob,
  noticeLeftJob,
  deliveryRetriedJob,
  messageChangedJob,
  examineBotsJob,
  setUpBotJob,
  removeBotJob,
  forgetVisitorJob,
  removeBotsOfAssistantJob,
  removeOrphanBotsJob,
] as const;
