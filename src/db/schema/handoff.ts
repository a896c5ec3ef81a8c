import { sql } from "drizzle-orm";
import {
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
  type HandoffAudience,
  HANDOFF_OUTCOMES,
  HANDOFF_REASONS,
  type HandoffOutcome,
  type HandoffReason,
  PRESENCE_STATUSES,
  type PresenceStatus,
} from "@/db/enums";
import { dialogs } from "@/db/schema/dialogs";
import { users } from "@/db/schema/users";
import { workspaceRef } from "@/db/schema/workspaces";

/** One episode, from the request for a person to its end. `dialogs.handoff_status` alone says where a dialog stands. */
export const handoffSessions = pgTable(
  "handoff_sessions",
  {
    id: id(),
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    reason: text().$type<HandoffReason>().notNull(),
    /** The caller's own key of the request that opened the episode. */
    requestId: text(),
    /** Decides the place in the queue: a repeat or a lost operator never moves it. */
    requestedAt: instant().notNull(),
    takenBy: uuid().references(() => users.id, { onDelete: "set null" }),
    takenAt: instant(),
    /** When a person first wrote to the visitor in this episode, and who. */
    firstReplyAt: instant(),
    firstReplyBy: uuid().references(() => users.id, { onDelete: "set null" }),
    endedAt: instant(),
    outcome: text().$type<HandoffOutcome>(),
    /** How many steps of the escalation ladder were told already. */
    rung: integer().notNull().default(0),
    /** The place in the queue that the visitor heard of last. */
    toldPosition: integer(),
    /** When letters about this episode were last written; the cool-down of a dialog counts from it. */
    mailedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("handoff_sessions_one_open_index")
      .on(t.dialogId)
      .where(sql`${t.endedAt} is null`),
    index("handoff_sessions_queue_index")
      .on(t.workspaceId, t.requestedAt)
      .where(sql`${t.endedAt} is null`),
    index("handoff_sessions_load_index")
      .on(t.workspaceId, t.takenBy)
      .where(sql`${t.endedAt} is null`),
    index().on(t.dialogId, t.endedAt),
    index("handoff_sessions_first_reply_index")
      .on(t.workspaceId, t.firstReplyAt)
      .where(sql`${t.firstReplyAt} is not null`),
    oneOf("handoff_sessions_reason_check", t.reason, HANDOFF_REASONS),
    oneOf("handoff_sessions_outcome_check", t.outcome, HANDOFF_OUTCOMES),
  ],
);

/** Minutes after midnight, from 0 to 1440. An end that is not behind the start belongs to the next day. */
export type StoredInterval = { from: number; to: number };

/** A day, as `2026-01-01`, with hours of its own; none make it a day off. A yearly one counts by month and day. */
export type StoredSpecialDay = { day: string; name: string; isYearly: boolean; intervals: StoredInterval[] };

/** One step of the ladder: so many times the promised wait, in working time, and who is told then. */
export type StoredRung = { times: number; tell: HandoffAudience[] };

/** How a workspace's people may be reached. Without a row the defaults below hold. */
export const handoffSettings = pgTable(
  "handoff_settings",
  {
    workspaceId: workspaceRef().primaryKey(),
    isAlwaysOpen: boolean().notNull().default(true),
    /** Null: the workspace's own. */
    timeZone: text(),
    /** Seven lists of intervals, Monday first. */
    week: jsonb().$type<StoredInterval[][]>().notNull().default([[], [], [], [], [], [], []]),
    specialDays: jsonb().$type<StoredSpecialDay[]>().notNull().default([]),
    siteSlaMinutes: integer().notNull().default(5),
    telegramSlaMinutes: integer().notNull().default(3),
    rungs: jsonb()
      .$type<StoredRung[]>()
      .notNull()
      .default([
        { times: 1, tell: ["team"] },
        { times: 2, tell: ["team"] },
        { times: 4, tell: ["team"] },
      ]),
    /** Who is told at once. */
    requestTell: text().array().$type<HandoffAudience[]>().notNull().default(["team"]),
    extraEmails: text().array().notNull().default([]),
    /** Zero: never. */
    expiresAfterMinutes: integer().notNull().default(30),
    operatorLostAfterMinutes: integer().notNull().default(5),
    /** Rises with each save, so that two people never overwrite each other unseen. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check(
      "handoff_settings_minutes_check",
      sql`${t.siteSlaMinutes} > 0 and ${t.telegramSlaMinutes} > 0 and ${t.expiresAfterMinutes} >= 0 and ${t.operatorLostAfterMinutes} >= 0`,
    ),
  ],
);

/** What an operator's tabs last said. Whether somebody is online follows from the age of the heartbeat, never from the status alone. */
export const operatorPresence = pgTable(
  "operator_presence",
  {
    workspaceId: workspaceRef(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The person's own choice. */
    status: text().$type<PresenceStatus>().notNull().default("offline"),
    heartbeatAt: instant(),
    visibleAt: instant(),
    hiddenAt: instant(),
    /** What the team was last told, so that only changes are announced. */
    announced: text().$type<PresenceStatus>().notNull().default("offline"),
    siteCapacity: integer().notNull().default(3),
    telegramCapacity: integer().notNull().default(5),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    oneOf("operator_presence_status_check", t.status, PRESENCE_STATUSES),
    oneOf("operator_presence_announced_check", t.announced, PRESENCE_STATUSES),
  ],
);

/** What the team tells itself about a dialog; never shown to the visitor or the model. */
export const dialogNotes = pgTable(
  "dialog_notes",
  {
    id: id(),
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    clientId: text().notNull(),
    text: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique().on(t.dialogId, t.clientId), index().on(t.workspaceId)],
);

/** Members whom a note names. Unread until they look at the dialog. */
export const noteMentions = pgTable(
  "note_mentions",
  {
    workspaceId: workspaceRef(),
    noteId: uuid()
      .notNull()
      .references(() => dialogNotes.id, { onDelete: "cascade" }),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    readAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.noteId, t.userId] }),
    index().on(t.workspaceId, t.userId, t.createdAt),
    index("note_mentions_unread_index")
      .on(t.workspaceId, t.userId)
      .where(sql`${t.readAt} is null`),
    index().on(t.dialogId),
  ],
);

export const dialogTags = pgTable(
  "dialog_tags",
  {
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    tag: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.dialogId, t.tag] }), index().on(t.workspaceId, t.tag)],
);

/** A view of the inbox with its filters, that one person keeps under a name. */
export const inboxViews = pgTable(
  "inbox_views",
  {
    id: id(),
    workspaceId: workspaceRef(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The query of the address, as the page reads it. */
    filter: jsonb().$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index().on(t.workspaceId, t.userId)],
);
