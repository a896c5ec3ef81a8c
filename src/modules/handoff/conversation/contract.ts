import * as z from "zod";
import type { HandoffOutcome, HandoffReason } from "@/db/enums";

export const episodesInput = z.object({ dialogId: z.uuid() });

/** One talk with people in a dialog, from the request to its end. */
export type Episode = {
  id: string;
  reason: HandoffReason;
  beganAt: Date;
  takenAt: Date | null;
  takenByName: string | null;
  endedAt: Date | null;
  outcome: HandoffOutcome | null;
};
