import * as z from "zod";
import { botConnected, botDisconnected, partsQueued, updateRecorded } from "@/modules/bots/events";
import { deliveryRetried, noticeLeft, operatorReplied } from "@/modules/dialogs/events";
import { defineJob, enqueue } from "@/server/jobs/define";
import { processUpdate } from "./intake/service";
import { deliverDialog, deliverUnserved } from "./outgoing/service";
import { sendSpoken } from "./outgoing/spoken";
import { silenceOrphans } from "./repository";
import { removeBot, setUpBot } from "./set-up";

export const processUpdateJob = defineJob({
  ...updateRecorded,
  // The slowest model answer that a visitor would still wait for.
  timeoutMs: 180_000,
  run: processUpdate,
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

/** The net under everything that queues parts: what nobody serves is sent within a minute. */
export const deliverUnservedJob = defineJob({
  name: "bots.deliver-unserved",
  payload: z.object({}),
  cron: "* * * * *",
  run: deliverUnserved,
});

export const setUpBotJob = defineJob({
  ...botConnected,
  run: async (ctx, { botId }) => {
    if (!(await setUpBot(ctx, botId))) throw new Error("Telegram did not take the bot's settings.");
  },
});

export const removeBotJob = defineJob({
  ...botDisconnected,
  run: async (ctx, { botId }) => {
    if (!(await removeBot(ctx, botId))) throw new Error("Telegram did not remove the webhook.");
  },
});

/** Bots of removed assistants are silent already; this takes their webhooks and tokens away. */
export const removeOrphanBotsJob = defineJob({
  name: "bots.remove-orphans",
  payload: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    for (const botId of await silenceOrphans(ctx.db))
      await enqueue(ctx, botDisconnected, { botId }, { key: `remove:${botId}` });
  },
});

/** Every job of the module, for the worker. */
export const botJobs = [
  processUpdateJob,
  deliverJob,
  deliverUnservedJob,
  operatorRepliedJob,
  noticeLeftJob,
  deliveryRetriedJob,
  setUpBotJob,
  removeBotJob,
  removeOrphanBotsJob,
] as const;
