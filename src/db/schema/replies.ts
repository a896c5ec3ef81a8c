import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { DRAFT_KINDS, type DraftKind, REPLY_FILE_KINDS, type ReplyFileKind } from "@/db/enums";
import { dialogs, messages } from "@/db/schema/dialogs";
import { users } from "@/db/schema/users";
import { workspaceRef } from "@/db/schema/workspaces";

/** Words that a person has not sent yet; each person has one reply and one note in the making per dialog. */
export const replyDrafts = pgTable(
  "reply_drafts",
  {
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<DraftKind>().notNull(),
    /** Empty once it was sent: the row stays, so that a save that comes late finds its revision taken. */
    text: text().notNull(),
    /** Only ever rises; of two devices the later words win, whichever request arrives first. */
    revision: bigint({ mode: "number" }).notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.dialogId, t.userId, t.kind] }),
    index().on(t.workspaceId, t.userId),
    oneOf("reply_drafts_kind_check", t.kind, DRAFT_KINDS),
  ],
);

/** Answers that a team keeps at hand, called by their shortcut. */
export const savedReplies = pgTable(
  "saved_replies",
  {
    id: id(),
    workspaceId: workspaceRef(),
    shortcut: text().notNull(),
    title: text().notNull(),
    text: text().notNull(),
    /** Who wrote it last. */
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique().on(t.workspaceId, t.shortcut)],
);

/** Files that people of the team send to visitors. Without a message it was picked and is not sent yet. */
export const replyFiles = pgTable(
  "reply_files",
  {
    id: id(),
    workspaceId: workspaceRef(),
    dialogId: uuid()
      .notNull()
      .references(() => dialogs.id, { onDelete: "cascade" }),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    /** The message that carries it; a file leaves once. */
    messageId: uuid()
      .unique()
      .references(() => messages.id, { onDelete: "cascade" }),
    storageKey: uuid().notNull().unique(),
    kind: text().$type<ReplyFileKind>().notNull(),
    name: text().notNull(),
    mimeType: text().notNull(),
    sizeBytes: integer().notNull(),
    createdAt: createdAt(),
    sentAt: instant(),
  },
  (t) => [index().on(t.workspaceId), index().on(t.dialogId), oneOf("reply_files_kind_check", t.kind, REPLY_FILE_KINDS)],
);
