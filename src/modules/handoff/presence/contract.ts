import * as z from "zod";
import type { PresenceStatus } from "@/db/enums";
import type { Presence } from "@/modules/handoff/contract";

/** What becomes of the dialogs that a person has and leaves. */
export const goOfflineInput = z.discriminatedUnion("dialogs", [
  z.object({ dialogs: z.literal("keep") }),
  z.object({ dialogs: z.literal("return") }),
  z.object({ dialogs: z.literal("hand-over"), userId: z.uuid() }),
]);
export type GoOfflineInput = z.infer<typeof goOfflineInput>;

/** The own presence. `chosen` is what the person said, `status` what it is worth: a hidden tab is away by itself. */
export type OwnPresence = Presence & { chosen: PresenceStatus };
