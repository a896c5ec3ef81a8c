import * as z from "zod";
import { messageText } from "@/modules/dialogs/contract";

export const editMessageInput = z.object({
  messageId: z.uuid(),
  text: messageText,
  /** The words that the author saw when the change began; when others stand there by now, nothing is changed. */
  seenText: z.string().optional(),
});
export const deleteMessageInput = z.object({ messageId: z.uuid() });

export type EditMessageInput = z.infer<typeof editMessageInput>;
export type DeleteMessageInput = z.infer<typeof deleteMessageInput>;

/** Why a change that the team made did not reach the visitor, as a code that the interface words. */
export const CHANGE_REASONS = [
  "too-old",
  "refused",
  "gone",
  "unconfirmed",
  "blocked",
  "telegram-unavailable",
  "token-revoked",
  "bot-disconnected",
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** How far a change of a sent message got in its channel. */
export type MessageChange = {
  kind: "edit" | "delete";
  state: "queued" | "done" | "failed";
  reason: ChangeReason | null;
};
