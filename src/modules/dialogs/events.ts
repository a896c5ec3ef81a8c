import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

const leaving = z.object({ workspaceId: z.uuid(), dialogId: z.uuid(), messageId: z.uuid() });

/** A person of the team wrote into a dialog of a channel that has to be served by a job. */
export const operatorReplied = defineEvent({ name: "dialogs.operator-replied", payload: leaving, attempts: 8 });

/** The system said something in such a dialog that its visitor must read. */
export const noticeLeft = defineEvent({ name: "dialogs.notice-left", payload: leaving, attempts: 8 });

/** A person of the team wants a message that did not arrive, or may not have, to be sent again. */
export const deliveryRetried = defineEvent({ name: "dialogs.delivery-retried", payload: leaving, attempts: 8 });

/** A visitor was not helped by an answer; said by a thumb, and once more only after the thumb was turned up meanwhile. */
export const answerDisliked = defineEvent({ name: "dialogs.answer-disliked", payload: leaving });

/** A person of the team changed or took back a message that may have left already. */
export const messageChanged = defineEvent({ name: "dialogs.message-changed", payload: leaving, attempts: 8 });

/** Everything of a visitor was removed; channels forget what they keep of the person. */
export const visitorRemoved = defineEvent({
  name: "dialogs.visitor-removed",
  payload: z.object({ workspaceId: z.uuid(), visitorKey: z.string() }),
});

/** A visitor gave a dialog one or two stars of five. */
export const dialogDisliked = defineEvent({
  name: "dialogs.dialog-disliked",
  payload: z.object({ workspaceId: z.uuid(), dialogId: z.uuid(), stars: z.int() }),
});

/** Messages of one dialog leave one after the other, in the order in which they were written. */
export const leavingLane = (dialogId: string) => `dialogs.leave:${dialogId}`;
