import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { DELIVERY_STATES, type DeliveryState, type ReplyFileKind } from "@/db/enums";
import { bots } from "@/db/schema/bots";
import { dialogs, messages } from "@/db/schema/dialogs";
import { workspaceOfParent } from "@/db/schema/workspaces";

/** A kept file that a part carries; its words are the caption. */
export type StoredOutgoingFile = { kind: ReplyFileKind; storageKey: string; name: string; mimeType: string };

/** Rows of buttons under a message. `data` comes back when one is pressed. */
export type StoredButtons = { text: string; data: string }[][];

/** One entry of a delivery's timeline. `reason` is a code that the interface words. */
export type DeliveryStep = { state: DeliveryState; at: string; reason?: string };

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
