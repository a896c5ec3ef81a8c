import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, updatedAt } from "@/db/columns";
import { RATED_PARTS, type RatedPart } from "@/db/enums";
import { dialogs, messages } from "@/db/schema/dialogs";
import { users } from "@/db/schema/users";
import { workspaceRef } from "@/db/schema/workspaces";

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
