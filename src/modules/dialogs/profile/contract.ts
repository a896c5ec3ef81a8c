import * as z from "zod";
import type { Channel } from "@/db/enums";
import { storable } from "@/lib/text";
import { visitorNameChars } from "./limits";

export const nameVisitorInput = z.object({
  dialogId: z.uuid(),
  name: z
    .string()
    .overwrite((name) => storable(name).replace(/\s+/g, " "))
    .trim()
    .min(1)
    .max(visitorNameChars),
});
export const dialogContextInput = z.object({ dialogId: z.uuid() });

export type NameVisitorInput = z.infer<typeof nameVisitorInput>;

/** One earlier talk of the same visitor. */
export type PastDialog = {
  id: string;
  channel: Channel;
  lastMessage: string;
  messageCount: number;
  status: "open" | "ended";
  rating: number | null;
  createdAt: Date;
  lastMessageAt: Date | null;
};

/** A source that answers of a dialog cited. */
export type UsedSource = { documentId: string | null; qaId: string | null; title: string; answers: number };

/** What surrounds a dialog: read when somebody looks at it, never with the list. */
export type DialogContext = {
  /** The other dialogs of the visitor, newest first. */
  past: PastDialog[];
  /** By how many answers cited them, the most used first. */
  sources: UsedSource[];
  /** The visitor's thumbs under answers. */
  thumbs: { up: number; down: number };
  /** What was agreed with people when the dialog was last given back to the assistant; empty when it never was. */
  summary: string;
  /** Null for those who may not see money. */
  cost: { micros: number; answers: number } | null;
};
