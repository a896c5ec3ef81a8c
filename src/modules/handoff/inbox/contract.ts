import * as z from "zod";
import type { AttachmentKind, Author, Channel, HandoffReason, HandoffStatus } from "@/db/enums";
import type { ErrorCode } from "@/lib/errors";
import { storable } from "@/lib/text";
import { tagInput } from "@/modules/dialogs/contract";
import type { Holder } from "@/modules/handoff/contract";
import { INBOX_CHANNELS, INBOX_SORTS, INBOX_VIEWS, inboxLimits, WAIT_STATES } from "./limits";

const words = (chars: number) => z.string().overwrite(storable).trim().max(chars);

const filterFields = {
  view: z.enum(INBOX_VIEWS).default("queue"),
  channel: z.enum(INBOX_CHANNELS).optional(),
  assistantId: z.uuid().optional(),
  tag: tagInput.shape.text.optional(),
  /** A member's id, or `none` for what nobody has. */
  assignee: z.union([z.literal("none"), z.uuid()]).optional(),
  unread: z.boolean().optional(),
  wait: z.enum(WAIT_STATES).optional(),
  /** Beginnings of words in names and messages; in the view `all` it looks into ended dialogs, too. */
  search: words(inboxLimits.searchChars).optional(),
  /** By the time that the view goes by; absent, the order that suits the view. */
  sort: z.enum(INBOX_SORTS).optional(),
};

export const inboxListInput = z
  .object({
    ...filterFields,
    cursor: z.string().max(100).optional(),
    limit: z.int().min(1).max(inboxLimits.maxPage).default(inboxLimits.page),
  })
  .prefault({});

const dialogIds = z.array(z.uuid()).min(1).max(inboxLimits.bulk);

/** What has become of known rows: those that still belong to the filtered view come back. */
export const inboxRowsInput = z.object({ filter: z.object(filterFields), dialogIds });

export const inboxBulkInput = z.object({
  dialogIds,
  action: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("close") }),
    z.object({ kind: z.literal("reopen") }),
    z.object({ kind: z.literal("assign"), userId: z.uuid() }),
    z.object({ kind: z.literal("tag"), text: tagInput.shape.text }),
    z.object({ kind: z.literal("read") }),
    z.object({ kind: z.literal("unread") }),
    z.object({ kind: z.literal("snooze"), until: z.date().nullable() }),
  ]),
});
export const assignInput = z.object({ dialogId: z.uuid(), userId: z.uuid() });

const viewName = words(inboxLimits.viewNameChars).min(1);
/** The address of the page without its path: what stands there is read as the page reads it. */
const viewFilter = z
  .record(z.string().regex(/^[a-z]{1,20}$/i), words(inboxLimits.searchChars))
  .refine((filter) => Object.keys(filter).length <= inboxLimits.viewParts, "size");
export const createViewInput = z.object({ name: viewName, filter: viewFilter });
export const renameViewInput = z.object({ id: z.uuid(), name: viewName });
export const viewRef = z.object({ id: z.uuid() });

export type InboxListInput = z.infer<typeof inboxListInput>;
export type InboxFilter = Omit<InboxListInput, "cursor" | "limit">;
export type InboxRowsInput = z.infer<typeof inboxRowsInput>;
export type InboxBulkInput = z.infer<typeof inboxBulkInput>;
export type InboxBulkAction = InboxBulkInput["action"];
export type CreateViewInput = z.infer<typeof createViewInput>;

export type InboxItem = {
  id: string;
  channel: Channel;
  assistantName: string;
  /** Empty when nobody gave one. */
  visitorName: string;
  status: "open" | "ended";
  handoffStatus: HandoffStatus;
  unreadCount: number;
  lastMessage: string;
  lastMessageAt: Date | null;
  /** What the last message carried when it had no words. */
  lastAttachment: AttachmentKind | null;
  lastAuthor: Author | null;
  /** Of the last message: whether the caller wrote it. */
  isLastMine: boolean;
  /** The caller's own unsent reply. */
  draft: string | null;
  /** The newest note, when it is newer than the last message. */
  note: { text: string; authorName: string | null } | null;
  reason: HandoffReason | null;
  /** Since when the visitor waits for a person's words; null while nobody owes any. */
  waitingSince: Date | null;
  /** Until when its operator put it aside; nobody counts the wait meanwhile. */
  snoozedUntil: Date | null;
  assignee: Holder | null;
  tags: string[];
  /** The time that the view goes by. */
  at: Date;
};

export type InboxPage = { items: InboxItem[]; nextCursor: string | null };

export type InboxCounts = {
  /** Dialogs that wait for anybody. */
  queue: number;
  /** The caller's own dialogs whose visitors wait for words. */
  mine: number;
  /** Notes that name the caller and were not read. */
  mentions: number;
  /** Dialogs that the assistant answers at this time. */
  live: number;
};

/** What a press on several dialogs did: a refusal of one leaves the others done. */
export type InboxBulkResult = {
  done: string[];
  /** In the form of any refusal, so that the same words are found for it. */
  refused: { dialogId: string; appCode: ErrorCode; facts: Record<string, unknown> }[];
};

export type InboxSavedView = { id: string; name: string; filter: Record<string, string> };
