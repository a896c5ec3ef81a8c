import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
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
  HANDOFF_STATUSES,
  type HandoffStatus,
  type Resolution,
  RESOLUTIONS,
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

/** Words that a later edit replaced, and when. */
export type StoredVersion = { text: string; at: string };

/** What became of a change of a sent message in its channel. `reason` is a code that the interface words. */
export type StoredChange = {
  kind: "edit" | "delete";
  state: "queued" | "done" | "failed";
  at: string;
  reason?: string;
};

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
    /** Its operator put it aside until then; a visitor's message or the next transition brings it back earlier. */
    snoozedUntil: instant(),
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
