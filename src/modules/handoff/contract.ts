import * as z from "zod";
import {
  type Channel,
  HANDOFF_REASONS,
  type HandoffReason,
  type HandoffStatus,
  PRESENCE_STATUSES,
  type PresenceStatus,
} from "@/db/enums";
import type { ErrorCode } from "@/lib/errors";
import { isVisible, storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";
import type { Detection } from "./detector/rules";
import { inboxLimits } from "./inbox/limits";
import { capacityLimits } from "./presence/limits";
import { draftRevision } from "./drafts/contract";

export const handoffLimits = {
  textChars: 1_000,
  summaryChars: 1_000,
  resetReasonChars: 500,
  checkChars: 10_000,
  page: 50,
  maxPage: 100,
} as const;

const dialogId = z.uuid();
const words = z.string().overwrite(storable).trim();
/** The caller's own key of a request; a repeat with it changes nothing. */
const requestId = z
  .string()
  .min(1)
  .max(100)
  .refine((id) => id === storable(id), "requestId");

export const requestHandoffInput = z.object({
  dialogId,
  requestId: requestId.optional(),
  reason: z.enum(HANDOFF_REASONS).exclude(["operator_lost"]).default("manual"),
  /** What the team should know beforehand; kept as a note, never shown to the visitor. */
  text: words.max(handoffLimits.textChars).optional(),
});
export const handoffDialogInput = z.object({ dialogId, requestId: requestId.optional() });
export const releaseInput = z.object({
  dialogId,
  requestId: requestId.optional(),
  /** What was agreed, in the operator's words; without it the talk itself is shortened. */
  summary: words.max(handoffLimits.summaryChars).optional(),
});
export const transferInput = z.object({ dialogId, userId: z.uuid() });
export const snoozeInput = z.object({
  dialogId,
  /** Null brings it back now. */
  until: z.date().nullable(),
});
export const resetInput = z.object({ dialogId, reason: words.min(3).max(handoffLimits.resetReasonChars) });
export const queueInput = z
  .object({
    cursor: z.string().max(100).optional(),
    limit: z.int().min(1).max(handoffLimits.maxPage).default(handoffLimits.page),
  })
  .prefault({});
export const heartbeatInput = z
  .object({
    /** The person's own choice; absent, a tab only says that it is there. */
    status: z.enum(PRESENCE_STATUSES).optional(),
    /** Whether the tab that beats can be seen; a hidden one makes its person away. */
    isVisible: z.boolean().optional(),
    siteCapacity: z.int().min(0).max(capacityLimits.site).optional(),
    telegramCapacity: z.int().min(0).max(capacityLimits.telegram).optional(),
  })
  .prefault({});
export const checkInput = z.object({ assistantId: z.uuid(), text: z.string().max(handoffLimits.checkChars) });
const replyFields = {
  /** The client's own id of the message: the same id again finds the first one. */
  id: z.uuid(),
  /** Empty only beside a file. */
  text: z.string().max(dialogLimits.messageChars),
  /** A file that was received for this dialog before; the text is its caption. */
  fileId: z.uuid().optional(),
  /** Takes the dialog first when nobody has it, in the same transaction. */
  takeOver: z.boolean().optional(),
  /** The newest message that the author saw: words of a colleague behind it refuse the reply, so that nobody talks twice. */
  seenSeq: z.int().nonnegative().optional(),
  /** The draft that the reply came from; it is emptied with it. */
  draftRevision: draftRevision.optional(),
};
const saysSomething = ({ text, fileId }: { text: string; fileId?: string }) => fileId !== undefined || isVisible(text);
const nothingSaid = { path: ["text"], message: "The message is empty." };
export const replyInput = z.object({ dialogId, ...replyFields }).refine(saysSomething, nothingSaid);
/** What was written one after the other while there was no connection. */
export const repliesInput = z.object({
  dialogId,
  replies: z.array(z.object(replyFields).refine(saysSomething, nothingSaid)).min(1).max(inboxLimits.repliesAtOnce),
});

export type RequestHandoffInput = z.input<typeof requestHandoffInput>;
export type ReleaseInput = z.infer<typeof releaseInput>;
export type TransferInput = z.infer<typeof transferInput>;
export type ResetInput = z.infer<typeof resetInput>;
export type SnoozeInput = z.infer<typeof snoozeInput>;
export type QueueInput = z.infer<typeof queueInput>;
export type HeartbeatInput = z.infer<typeof heartbeatInput>;
export type CheckInput = z.infer<typeof checkInput>;
export type ReplyInput = z.infer<typeof replyInput>;
export type RepliesInput = z.infer<typeof repliesInput>;
/** One per reply, in their order; what was refused says why in the form of any refusal. */
export type RepliesResult = {
  outcomes: ({ ok: true } | { ok: false; appCode: ErrorCode; facts: Record<string, unknown> })[];
};

/** Where a dialog stands after a call. Place and estimate exist only while it waits. */
export type HandoffResult = {
  status: HandoffStatus;
  position?: number;
  waitMinutes?: number;
  /** Set in the playground, where nobody waits: a note says what would happen. */
  isPreview?: true;
  /** Set outside working hours, where nobody waits either: the visitor was told so and asked for a contact. */
  isClosed?: true;
  /** Beside `isClosed`: when people are back; null when that is not known. */
  opensAt?: Date | null;
};

export type Holder = { userId: string; name: string };

/** The whole handoff state of one dialog, as visitors' doors and members see it. */
export type HandoffState = HandoffResult & {
  reason: HandoffReason | null;
  requestedAt: Date | null;
  takenAt: Date | null;
  /** Null while nobody has the dialog, or when that person's account is gone. */
  holder: Holder | null;
  /** Until when it is put aside; null when it is not, or the time has come. */
  snoozedUntil: Date | null;
  /** Whether the caller has it. */
  isMine: boolean;
  /** Whether the caller may act on what somebody else has. */
  mayOverride: boolean;
};

export type QueueItem = {
  dialogId: string;
  channel: Channel;
  assistantName: string;
  visitorName: string;
  lastMessage: string;
  unreadCount: number;
  reason: HandoffReason;
  requestedAt: Date;
  /** 1 is the next one to be taken. */
  position: number;
  waitMinutes: number;
  /** Steps of the escalation ladder that were taken already. */
  rung: number;
};

export type HeldItem = Omit<QueueItem, "position" | "waitMinutes" | "rung"> & {
  takenAt: Date;
  lastMessageAt: Date | null;
};

export type Load = { site: number; telegram: number };

export type Presence = {
  status: PresenceStatus;
  siteCapacity: number;
  telegramCapacity: number;
  /** Dialogs that the person has now; counted, never kept. */
  load: Load;
};

export type OperatorPresence = Presence & Holder;

export type HandoffCounts = { waiting: number; mine: number; oldestRequestedAt: Date | null };

/** What the detector of one assistant makes of a text. */
export type DetectorCheck = Detection & {
  threshold: number;
  /** Whether this assistant would pass the dialog on; its settings may keep it. */
  passesOn: boolean;
};
