import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** An update was recorded; the statement that records it also announces it. */
export const updateRecorded = defineEvent({
  name: "bots.process-update",
  payload: z.object({ botId: z.uuid(), updateId: z.int().nonnegative() }),
  attempts: 6,
});

/** What a visitor wrote waits for its answer. */
export const answerDue = defineEvent({
  name: "bots.answer-dialog",
  payload: z.object({ workspaceId: z.uuid(), dialogId: z.uuid() }),
  attempts: 6,
});

/** Parts of a dialog wait in the outbox. */
export const partsQueued = defineEvent({
  name: "bots.deliver",
  payload: z.object({ dialogId: z.uuid() }),
  // Waits that grow to six hours: an outage of a day loses nothing.
  attempts: 13,
});

/** A bot is silent and still registered with Telegram. */
export const botDisconnected = defineEvent({
  name: "bots.remove",
  payload: z.object({ botId: z.uuid() }),
  attempts: 12,
});

/** A bot's way of receiving has to be set up, or checked after a start. */
export const botConnected = defineEvent({
  name: "bots.set-up",
  payload: z.object({ botId: z.uuid() }),
  attempts: 8,
});
