import * as z from "zod";
import type { DeliveryState } from "@/db/enums";

export const deliveryRef = z.object({ messageId: z.uuid() });
export type DeliveryRef = z.infer<typeof deliveryRef>;

/** Why a part is in a state, as a code that the interface words. */
export const DELIVERY_REASONS = [
  "no-answer",
  "interrupted",
  "refused",
  "blocked",
  "telegram-unavailable",
  "too-fast",
  "moved",
  "token-revoked",
  "bot-disconnected",
  "retried",
] as const;
export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

export type DeliveryMoment = { state: DeliveryState; at: Date; reason: DeliveryReason | null };

/** One of the messages that an answer left as, with every state it was in, oldest first. */
export type DeliveryPart = {
  part: number;
  state: DeliveryState;
  attempts: number;
  moments: DeliveryMoment[];
};
