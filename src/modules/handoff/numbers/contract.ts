import * as z from "zod";
import { dialogFilterFields } from "@/modules/dialogs/list/contract";
import { PERIODS } from "@/modules/dialogs/limits";

/** By the workspace's clock; `custom` reads `from` and `to`, both whole days. */
export const numbersInput = z
  .object({
    period: z.enum(PERIODS).default("month"),
    from: dialogFilterFields.from,
    to: dialogFilterFields.to,
  })
  .prefault({});

export type NumbersInput = z.infer<typeof numbersInput>;

/** What one person did for visitors in a period. */
export type PersonNumbers = {
  userId: string;
  name: string;
  /** Dialogs in which the person wrote to the visitor, and how many messages. */
  handled: number;
  replies: number;
  /** Waits for a person that ended with this person's words, from the request, or from the dialog's return to the queue. */
  firstReplies: number;
  medianMs: number | null;
  p90Ms: number | null;
  /** Ratings of dialogs in which the person spoke last. */
  rated: number;
  averageStars: number | null;
  /** Dialogs that the person closed, and how many of them as solved. */
  closed: number;
  solved: number;
};
