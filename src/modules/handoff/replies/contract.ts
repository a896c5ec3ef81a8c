import * as z from "zod";
import { storable } from "@/lib/text";
import { replyLimits } from "./limits";

const line = (maxChars: number) =>
  z
    .string()
    .overwrite((text) => storable(text).replace(/\s+/g, " "))
    .trim()
    .min(1)
    .max(maxChars);

/** What follows the slash: one word, told apart without regard to case. A slash in front is not part of it. */
const shortcut = z
  .string()
  .overwrite((text) => storable(text).trim().replace(/^\/+/, "").toLowerCase())
  .min(1)
  .max(replyLimits.shortcutChars)
  .regex(/^[\p{L}\p{N}_-]+$/u, "shortcut");

export const createSavedReplyInput = z.object({
  shortcut,
  title: line(replyLimits.titleChars),
  text: z
    .string()
    .overwrite(storable)
    .max(replyLimits.textChars)
    .refine((text) => text.trim() !== "", "empty"),
});
export const updateSavedReplyInput = createSavedReplyInput.extend({ id: z.uuid() });
export const savedReplyRef = z.object({ id: z.uuid() });

export type SavedReplyFields = z.infer<typeof createSavedReplyInput>;
export type UpdateSavedReplyInput = z.infer<typeof updateSavedReplyInput>;

export type SavedReply = SavedReplyFields & { id: string; updatedAt: Date };
