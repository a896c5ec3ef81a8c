import * as z from "zod";
import type { Citation } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";

export const DRAFT_WISHES = ["write", "again", "shorter"] as const;

export const draftInput = z.object({
  dialogId: z.uuid(),
  wish: z.enum(DRAFT_WISHES).default("write"),
  /** The draft that should become another or a shorter one. */
  earlier: z.string().max(dialogLimits.messageChars).default(""),
});
export const translateInput = z.object({
  dialogId: z.uuid(),
  text: z.string().trim().min(1).max(dialogLimits.messageChars),
  /** Whose language it is put into: the visitor's, or that of whoever asks. */
  reader: z.enum(["visitor", "member"]),
});

export type DraftInput = z.infer<typeof draftInput>;
export type TranslateInput = z.infer<typeof translateInput>;

/** What a draft tells while it is written, one per line. `stale`: somebody replied, and nobody needs it any more. */
export type DraftPart =
  | { type: "model"; isDemo: boolean }
  | { type: "text"; text: string }
  | { type: "source"; source: Citation }
  | { type: "done" }
  | { type: "stale" }
  | { type: "failed" };
