import * as z from "zod";
import { SOUND_VOLUMES, type SoundVolume } from "@/db/enums";

/** How a person wants to be called; what is absent stays as it is. */
export const updateAlertsInput = z
  .object({ sound: z.enum(SOUND_VOLUMES), isDesktopOn: z.boolean(), showsText: z.boolean() })
  .partial();
export type UpdateAlertsInput = z.infer<typeof updateAlertsInput>;

export type AlertSettings = {
  sound: SoundVolume;
  isDesktopOn: boolean;
  /** Whether a notification quotes the visitor. */
  showsText: boolean;
};
