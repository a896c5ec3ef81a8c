import * as z from "zod";
import { DRAFT_KINDS, type DraftKind } from "@/db/enums";
import { storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";

// A clock of a device that is a day ahead is wrong, and its words must not win for ever.
const MAX_AHEAD_MS = 24 * 60 * 60_000;

/** Milliseconds since 1970 at the device, raised past every revision it has seen. */
export const draftRevision = z
  .int()
  .positive()
  .refine((at) => at < Date.now() + MAX_AHEAD_MS, "revision");

export const draftsOfInput = z.object({ dialogId: z.uuid() });
export const saveDraftInput = z.object({
  dialogId: z.uuid(),
  kind: z.enum(DRAFT_KINDS),
  /** Empty to drop the draft. */
  text: z.string().overwrite(storable).max(dialogLimits.messageChars),
  revision: draftRevision,
});

export type SaveDraftInput = z.infer<typeof saveDraftInput>;

export type Draft = { text: string; revision: number };
/** What a person has in the making in one dialog; a kind without a draft is absent. */
export type Drafts = Partial<Record<DraftKind, Draft>>;
