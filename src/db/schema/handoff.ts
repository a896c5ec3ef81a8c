import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import {
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
