import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import {
  type AttachmentKind,
  type Author,
  AUTHORS,
  type Channel,
  CHANNELS,
  DELIVERY_STATES,
  type DeliveryState,
  DIALOG_STATUSES,
  GENERATION_STATES,
  type GenerationState,
  HANDOFF_STATUSES,
  type HandoffStatus,
  RATED_PARTS,
  type RatedPart,
  type Resolution,
  RESOLUTIONS,
  type ReplyFileKind,
} from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import { users } from "@/db/schema/users";
import { workspaceOfParent, workspaceRef } from "@/db/schema/workspaces";

export type StoredCitation = {
  n: number;
  documentId: string | null;
  qaId: string | null;
  chunkId: string;
  title: string;
  quote: string;
};

/** A passage as it was ranked for one answer, kept so that 'why this answer' stays true after edits. */
export type StoredPassage = StoredCitation & { heading: string; page: number | null; score: number; cited: boolean };

export type StoredTimings = { retrievalMs: number; firstTokenMs: number | null; totalMs: number };

/** What a message carries beside its words. The bytes stay with the channel; `fileId` fetches them. */
export type StoredAttachment = {
  kind: AttachmentKind;
  fileId?: string;
  /** Of a file that our side sent: where its bytes are kept. */
  storageKey?: string;
  /** The same for one file in all messages and bots. */
  uniqueId?: string;
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
  /** Messages of one album share it. */
  albumId?: string;
  isTranscribed?: boolean;
};

/** A kept file that a part carries; its words are the caption. */
export type StoredOutgoingFile = { kind: ReplyFileKind; storageKey: string; name: string; mimeType: string };

/** Words that a later edit replaced, and when. */
export type StoredVersion = { text: string; at: string };

/** What became of a change of a sent message in its channel. `reason` is a code that the interface words. */
export type StoredChange = {
  kind: "edit" | "delete";
  state: "queued" | "done" | "failed";
  at: string;
  reason?: string;
};

/** Rows of buttons under a message. `data` comes back when one is pressed. */
export type StoredButtons = { text: string; data: string }[][];

/** One entry of a delivery's timeline. `reason` is a code that the interface words. */
export type DeliveryStep = { state: DeliveryState; at: string; reason?: string };

/**
 * What the search finds in a message: stems of Russian and English words, and the workspace itself as one more word, so that
 * the index never reads the messages of another tenant. No extension is needed for it.
 */
export function messageWords({ text, workspaceId }: { text: SQLWrapper; workspaceId: SQLWrapper }): SQL {
  return sql`(to_tsvector('russian', translate(${text}, 'ёЁ', 'ее')) || array_to_tsvector(array[${workspaceId}::text]))`;
}

/** The same of a visitor's names, which have no stems. */
export function nameWords(t: { visitorName: SQLWrapper; visitorUsername: SQLWrapper; workspaceId: SQLWrapper }): SQL {
  return sql`(to_tsvector('simple', translate(${t.visitorName} || ' ' || coalesce(${t.visitorUsername}, ''), 'ёЁ', 'ее')) || array_to_tsvector(array[${t.workspaceId}::text]))`;
}

export const dialogs = pgTable(
  "dialogs",
  {
    id: id(),
    workspaceId: workspaceRef(),
    assistantId: uuid()
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    channel: text().$type<Channel>().notNull(),
    /** Replies always leave through this bot. */
    botId: uuid().references((): AnyPgColumn => bots.id, { onDelete: "set null" }),
    visitorKey: text().notNull(),
    visitorName: text().notNull().default(""),
    visitorLocale: text(),
    /** The channel's own name of the visitor, without the @; null when the channel told none. */
    visitorUsername: text(),
    source: text(),
    status: text().$type<(typeof DIALOG_STATUSES)[number]>().notNull().default("open"),
    handoffStatus: text().$type<HandoffStatus>().notNull().default("none"),
    /** Rises when a running answer must not leave any more. */
    epoch: integer().notNull().default(0),
    messageSeq: integer().notNull().default(0),
    unreadCount: integer().notNull().default(0),
    isReachable: boolean().notNull().default(true),
    lastMessage: text().notNull().default(""),
    lastMessageAt: instant(),
    /** What was said up to `summaryThroughSeq`, for the model's memory. */
    summary: text().notNull().default(""),
    summaryThroughSeq: integer().notNull().default(0),
    /** Messages up to this one belong to a talk with people that is over; the model gets `boundarySummary` instead. */
    boundarySeq: integer().notNull().default(0),
    boundarySummary: text().notNull().default(""),
    /** The owner's account that the bot speaks for in its private chats; Telegram gives a new id with each connection. */
    businessConnectionId: text(),
    /** The owner answers here in person: what comes before this instant is stored and not answered. */
    pausedUntil: instant(),
    ratingAskedAt: instant(),
    /** Nobody was there: the visitor was asked to leave a contact, and the next message with one is it. */
    contactAskedAt: instant(),
    endedAt: instant(),
    /** Set by whoever closed it, with words of their own; null for what ended by itself. */
    resolution: text().$type<Resolution>(),
    resolutionNote: text().notNull().default(""),
    closedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("dialogs_one_open_index")
      .on(t.assistantId, t.channel, t.visitorKey)
      .where(sql`${t.status} = 'open'`),
    index().on(t.workspaceId, t.lastMessageAt),
    index().on(t.assistantId),
    index().on(t.workspaceId, t.visitorKey),
    // The two long lists of the inbox, each read from its newest end.
    index("dialogs_inbox_index")
      .on(t.workspaceId, t.lastMessageAt, t.id)
      .where(sql`${t.status} = 'open' and ${t.channel} <> 'preview'`),
    index("dialogs_inbox_closed_index")
      .on(t.workspaceId, t.endedAt, t.id)
      .where(sql`${t.status} = 'ended' and ${t.channel} <> 'preview'`),
    index("dialogs_names_index").using("gin", nameWords(t)),
    // What the hourglass of ratings looks at; a dialog leaves it once it was asked.
    index("dialogs_unrated_index")
      .on(t.lastMessageAt)
      .where(sql`${t.channel} = 'telegram' and ${t.status} = 'open' and ${t.ratingAskedAt} is null`),
    oneOf("dialogs_channel_check", t.channel, CHANNELS),
    oneOf("dialogs_status_check", t.status, DIALOG_STATUSES),
    oneOf("dialogs_handoff_status_check", t.handoffStatus, HANDOFF_STATUSES),
    oneOf("dialogs_resolution_check", t.resolution, RESOLUTIONS),
  ],
);

export const messages = pgTable(
  "messages",
  {
    id: id(),
    workspaceId: workspaceOfParent(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    seq: integer().notNull(),
    author: text().$type<Author>().notNull(),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    /** The sender's own key: the client's message id, or the update of a channel. Makes a repeat find this row. */
    clientId: text().notNull(),
    /** Of an answer: the visitor's message that it answers. */
    replyToId: uuid().references((): AnyPgColumn => messages.id, { onDelete: "cascade" }),
    text: text().notNull(),
    citations: jsonb().$type<StoredCitation[]>().notNull().default([]),
    delivery: text().$type<DeliveryState>(),
    attachment: jsonb().$type<StoredAttachment>(),
    /** The channel's own key of a visitor's message, for edits and removals: bot or account, chat, message. */
    externalId: text(),
    /** Earlier words, oldest first. */
    versions: jsonb().$type<StoredVersion[]>().notNull().default([]),
    editedAt: instant(),
    /** The visitor or a person of the team took the message back; its words are in `versions`. */
    removedAt: instant(),
    /** Of a message of the team: who took it back. */
    removedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Of a message of the team that was changed or taken back: how far that got in the channel. */
    channelChange: jsonb().$type<StoredChange>(),
    /** Of an answer: what it cost the workspace; null for what was never priced. */
    chargeMicros: bigint({ mode: "number" }),
    createdAt: createdAt(),
  },
  (t) => [
    unique().on(t.dialogId, t.seq),
    unique().on(t.dialogId, t.clientId),
    uniqueIndex("messages_one_answer_index")
      .on(t.replyToId)
      .where(sql`${t.author} = 'assistant'`),
    index().on(t.workspaceId),
    // The last words of people in a dialog; most dialogs have none, and then the look costs nothing.
    index("messages_operator_index")
      .on(t.dialogId, t.seq)
      .where(sql`${t.author} = 'operator'`),
    // A short list of pending entries: a search has to read all of it.
    index("messages_words_index")
      .using("gin", messageWords(t))
      .with({ gin_pending_list_limit: 512 })
      .where(sql`${t.author} <> 'system'`),
    // What a person of the team wrote and when; their own numbers are counted from it.
    index("messages_of_people_index")
      .on(t.workspaceId, t.userId, t.createdAt)
      .where(sql`${t.author} = 'operator'`),
    index()
      .on(t.externalId)
      .where(sql`${t.externalId} is not null`),
    oneOf("messages_author_check", t.author, AUTHORS),
    oneOf("messages_delivery_check", t.delivery, DELIVERY_STATES),
  ],
);

export const generations = pgTable(
  "generations",
  {
    id: id(),
    workspaceId: workspaceOfParent(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    visitorMessageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    answerMessageId: uuid().references(() => messages.id, { onDelete: "cascade" }),
    epoch: integer().notNull(),
    state: text().$type<GenerationState>().notNull().default("running"),
    provider: text().notNull().default(""),
    model: text().notNull().default(""),
    query: text().notNull().default(""),
    prompt: text().notNull().default(""),
    promptVersion: integer().notNull().default(1),
    passages: jsonb().$type<StoredPassage[]>().notNull().default([]),
    promptTokens: integer(),
    completionTokens: integer(),
    costMicros: bigint({ mode: "number" }),
    timings: jsonb().$type<StoredTimings>(),
    /** Words of an answer that never left, as far as it came; of a running one while somebody watches. */
    draft: text().notNull().default(""),
    error: text(),
    startedAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [
    // One attempt at a time per question: a second process that wakes up finds this row.
    uniqueIndex("generations_one_running_index")
      .on(t.visitorMessageId)
      .where(sql`${t.state} = 'running'`),
    index().on(t.answerMessageId),
    index().on(t.dialogId),
    oneOf("generations_state_check", t.state, GENERATION_STATES),
  ],
);

/** What leaves for a channel. One row per part, written with the message, sent by a job. */
export const outboxMessages = pgTable(
  "outbox_messages",
  {
    id: id(),
    workspaceId: workspaceOfParent(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    /** Null once the bot was removed; the row stays as the message's history. */
    botId: uuid().references(() => bots.id, { onDelete: "set null" }),
    part: integer().notNull(),
    html: text().notNull(),
    plain: text().notNull(),
    buttons: jsonb().$type<StoredButtons>(),
    file: jsonb().$type<StoredOutgoingFile>(),
    state: text().$type<DeliveryState>().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    externalId: text(),
    /** When it was taken back from the channel after it had left. */
    retractedAt: instant(),
    error: text(),
    /** Every state it was in, oldest first; only ever appended to. */
    history: jsonb().$type<DeliveryStep[]>().notNull().default([]),
    /** Until when the process that sends it is taken to be alive. */
    leasedUntil: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique().on(t.messageId, t.part),
    index().on(t.dialogId),
    // The lock of a dialog's deliveries: parts leave one at a time, whichever process sends them.
    uniqueIndex("outbox_messages_one_sending_index")
      .on(t.dialogId)
      .where(sql`${t.state} = 'sending'`),
    index("outbox_messages_waiting_index")
      .on(t.createdAt)
      .where(sql`${t.state} in ('queued', 'sending')`),
    oneOf("outbox_messages_state_check", t.state, DELIVERY_STATES),
  ],
);

/** What the team calls a visitor; it takes the place of the name that the channel tells. */
export const visitorProfiles = pgTable(
  "visitor_profiles",
  {
    workspaceId: workspaceRef(),
    channel: text().$type<Channel>().notNull(),
    visitorKey: text().notNull(),
    name: text().notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channel, t.visitorKey] }),
    oneOf("visitor_profiles_channel_check", t.channel, CHANNELS),
  ],
);

/** What visitors thought of a dialog. One per dialog; a second press changes it. */
export const dialogRatings = pgTable(
  "dialog_ratings",
  {
    id: id(),
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .unique()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    stars: integer().notNull(),
    comment: text().notNull().default(""),
    /** Whose words came last before the rating: it is about that part. */
    part: text().$type<RatedPart>().notNull().default("assistant"),
    /** Of the part of people: the person who spoke last. */
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index().on(t.workspaceId, t.createdAt),
    index().on(t.workspaceId, t.stars),
    check("dialog_ratings_stars_check", sql`${t.stars} between 1 and 5`),
    oneOf("dialog_ratings_part_check", t.part, RATED_PARTS),
  ],
);

/** A thumb under one answer: the visitor's own, and one of each member of the team. A second press changes it. */
export const messageRatings = pgTable(
  "message_ratings",
  {
    id: id(),
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    /** `visitor`, or the member's id. */
    rater: text().notNull(),
    isPositive: boolean().notNull(),
    comment: text().notNull().default(""),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique().on(t.messageId, t.rater), index().on(t.workspaceId, t.createdAt), index().on(t.dialogId)],
);
