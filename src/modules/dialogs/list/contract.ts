import * as z from "zod";
import { type Channel, CHANNELS } from "@/db/enums";
import { storable } from "@/lib/text";
import { isDay } from "@/lib/zone";
import { DIALOG_FILTERS, dialogLimits, PERIODS, RATING_FILTERS, RESOLUTION_FILTERS } from "@/modules/dialogs/limits";

/** A day in the workspace's time zone. The bounds keep the day after it a day with a year of four digits. */
const day = z.iso.date().refine(isDay);

/** What the list, its counts and its export are narrowed by. */
export const dialogFilterFields = {
  status: z.enum(DIALOG_FILTERS).optional(),
  channel: z.enum(CHANNELS).optional(),
  assistantId: z.uuid().optional(),
  search: z.string().overwrite(storable).trim().max(dialogLimits.searchChars).optional(),
  /** Of the last message, by the workspace's clock. `custom` reads `from` and `to`, both whole days. */
  period: z.enum(PERIODS).optional(),
  from: day.optional(),
  to: day.optional(),
  rating: z.enum(RATING_FILTERS).optional(),
  resolution: z.enum(RESOLUTION_FILTERS).optional(),
  tag: z.string().overwrite(storable).trim().max(dialogLimits.tagChars).optional(),
};

export const dialogFilterInput = z.object(dialogFilterFields).prefault({});

export type DialogFilterInput = z.infer<typeof dialogFilterInput>;

/** How many dialogs each choice of a filter would show, the other filters being as they are. Choices without any are left out. */
export type DialogCounts = {
  total: number;
  channels: { channel: Channel; count: number }[];
  assistants: { id: string; name: string; count: number }[];
  tags: { tag: string; count: number }[];
};
