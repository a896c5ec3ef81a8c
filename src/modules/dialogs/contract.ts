import * as z from "zod";
import {
  type AttachmentKind,
  type Author,
  type Channel,
  type DeliveryState,
  type HandoffStatus,
  type Resolution,
  RESOLUTIONS,
} from "@/db/enums";
import { isVisible, storable } from "@/lib/text";
import type { MessageChange } from "./changes/contract";
import { dialogFilterFields } from "./list/contract";
import { dialogLimits, type Thumb, THUMBS } from "./limits";

/** The text of a visitor's or operator's message, kept as typed. */
export const messageText = z.string().max(dialogLimits.messageChars).refine(isVisible, "The message is empty.");

const limit = z.int().min(1).max(dialogLimits.maxPage).default(dialogLimits.page);

export const listDialogsInput = z
  .object({
    ...dialogFilterFields,
    cursor: z.string().max(100).optional(),
    limit,
  })
  .prefault({});
export const dialogRef = z.object({ id: z.uuid() });
export const listMessagesInput = z.object({
  dialogId: z.uuid(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit,
});
const comment = z.string().overwrite(storable).trim().max(dialogLimits.commentChars).optional();
export const rateDialogInput = z.object({ dialogId: z.uuid(), stars: z.int().min(1).max(5), comment });
export const rateAnswerInput = z.object({
  messageId: z.uuid(),
  /** Null takes the thumb back. */
  thumb: z.enum(THUMBS).nullable(),
  comment,
});
export const ofDialogInput = z.object({ dialogId: z.uuid() });
export const closeDialogInput = ofDialogInput.extend({
  /** What became of it; without one an earlier word stays. */
  resolution: z.enum(RESOLUTIONS).optional(),
  note: z.string().overwrite(storable).trim().max(dialogLimits.resolutionChars).optional(),
});

export const noteInput = z.object({
  dialogId: z.uuid(),
  /** The client's own id of the note: the same id again finds the first one. */
  id: z
    .string()
    .min(1)
    .max(100)
    .refine((id) => id === storable(id), "id")
    // Notes of the system are named so: a member's note under such a name would take the place of a left contact.
    .refine((id) => !id.startsWith("handoff:"), "id"),
  text: messageText,
});
export const tagInput = z.object({
  dialogId: z.uuid(),
  /** Tags are told apart without regard to case. */
  text: z
    .string()
    .overwrite((tag) => storable(tag).replace(/\s+/g, " ").toLowerCase())
    .trim()
    .min(1)
    .max(dialogLimits.tagChars),
  remove: z.boolean().optional(),
});

export type NoteInput = z.infer<typeof noteInput>;
export type TagInput = z.infer<typeof tagInput>;
export type CloseDialogInput = z.infer<typeof closeDialogInput>;
export type RateAnswerInput = z.infer<typeof rateAnswerInput>;
export type RateDialogInput = z.infer<typeof rateDialogInput>;
export type ListDialogsInput = z.infer<typeof listDialogsInput>;
export type ListMessagesInput = z.infer<typeof listMessagesInput>;

export type Citation = {
  /** The number in square brackets in the text. */
  n: number;
  chunkId: string;
  documentId: string | null;
  qaId: string | null;
  title: string;
  quote: string;
};

/** How many of the latest messages each side wrote; the parts of the flat handover rail. */
export type RailShare = { ai: number; operator: number };

export type DialogItem = {
  id: string;
  channel: Channel;
  assistantId: string;
  assistantName: string;
  /** Empty when the visitor gave none. */
  visitorName: string;
  lastMessage: string;
  lastMessageAt: Date | null;
  status: "open" | "ended";
  handoffStatus: HandoffStatus;
  unreadCount: number;
  messageCount: number;
  rail: RailShare;
  /** What the last message carried when it had no words. */
  lastAttachment: AttachmentKind | null;
  /** Stars of the visitor, 1 to 5; null while unrated. */
  rating: number | null;
  /** Answers of the dialog that its visitor found good and bad. */
  thumbs: { up: number; down: number };
  /** How long the visitor waited for the first answer of the assistant, and for the first words of a person after asking for one. */
  firstReply: { aiMs: number | null; personMs: number | null };
  tags: string[];
  /** What became of it in the words of whoever closed it; null for what ended by itself. */
  resolution: Resolution | null;
  createdAt: Date;
};

export type NoteItem = {
  id: string;
  text: string;
  /** Null for what the system noted, and for a person whose account is gone. */
  authorId: string | null;
  authorName: string | null;
  createdAt: Date;
  /** Whom the text names as `@[user id]`. */
  mentions: { userId: string; name: string }[];
};

export type DialogDetail = Omit<DialogItem, "rail"> & {
  visitorLocale: string | null;
  /** Of the channel, without the @. */
  visitorUsername: string | null;
  source: string | null;
  isReachable: boolean;
  botUsername: string | null;
  endedAt: Date | null;
  resolutionNote: string;
  closedByName: string | null;
};

/** What a message carries beside its words. The bytes come from `/api/attachments/<message id>` when `hasFile`. */
export type Attachment = {
  kind: AttachmentKind;
  hasFile: boolean;
  name?: string;
  mimeType?: string;
  sizeBytes?: number;
  durationSeconds?: number;
  width?: number;
  height?: number;
  latitude?: number;
  longitude?: number;
  phone?: string;
  emoji?: string;
  options?: string[];
  /** Of a spoken message: the text is what was heard. */
  isTranscribed?: boolean;
};

export type MessageItem = {
  id: string;
  seq: number;
  author: Author;
  /** Of a person of the team; null when the account is gone. */
  authorId: string | null;
  /** Of a person of the team: the name that the visitor was told. */
  authorName: string | null;
  text: string;
  attachment: Attachment | null;
  /** When the author changed the words last, and what stood there before, oldest first. */
  editedAt: Date | null;
  earlier: { text: string; at: string }[];
  /** When the message was taken back: by the visitor, or by a person of the team with that name. */
  removedAt: Date | null;
  removedByName: string | null;
  /** Of a message of the team that was changed after it left: how far that got in the channel. */
  change: MessageChange | null;
  createdAt: Date;
  delivery: DeliveryState | null;
  citations: Citation[];
  /** Of an answer: the message that it answers. */
  replyToId: string | null;
  /** The sender's own id of the message. */
  clientId: string;
  /** Of an answer: whether the built-in model gave it. */
  isDemoModel: boolean;
  /** Of an answer: what it cost the workspace. Null for those who may not see money, and for answers older than it. */
  chargeMicros: number | null;
  /** Of an answer: what the visitor thought of it, and the caller. */
  visitorThumb: GivenThumb | null;
  ownThumb: GivenThumb | null;
};

export type GivenThumb = { thumb: Thumb; comment: string };

export type Page<T> = { items: T[]; nextCursor: string | null };
