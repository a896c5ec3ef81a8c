import * as z from "zod";

export const listMentionsInput = z
  .object({ cursor: z.string().max(100).optional(), limit: z.int().min(1).max(100).default(50) })
  .prefault({});
export const readMentionsInput = z.object({ dialogId: z.uuid() });

export type ListMentionsInput = z.infer<typeof listMentionsInput>;

/** A note that names the caller. */
export type MentionItem = {
  noteId: string;
  dialogId: string;
  visitorName: string;
  /** With the names that the note's ids stand for. */
  text: string;
  /** Null for a person whose account is gone. */
  authorName: string | null;
  createdAt: Date;
  readAt: Date | null;
};
