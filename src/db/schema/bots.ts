import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { BOT_STATUSES, type BotStatus, UPDATE_STATES } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { workspaceOfParent, workspaceRef } from "@/db/schema/workspaces";

export type StoredCheck = { check: string; level: string; finding: string; facts: Record<string, string | number> };

export const bots = pgTable(
  "bots",
  {
    id: id(),
    workspaceId: workspaceRef(),
    assistantId: uuid()
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    /** Telegram's id of the bot. Unique: two workspaces on one token would fight for its updates. */
    telegramId: bigint({ mode: "number" }).notNull().unique(),
    username: text().notNull(),
    name: text().notNull(),
    tokenSealed: text().notNull(),
    tokenLast4: text().notNull(),
    webhookPath: text().notNull().unique(),
    webhookSecretSealed: text().notNull(),
    status: text().$type<BotStatus>().notNull().default("starting"),
    isActive: boolean().notNull().default(true),
    lastError: text(),
    lastUpdateAt: instant(),
    /** Silent by a person's choice, with its token kept; an inactive bot without it waits for its removal. */
    pausedAt: instant(),
    /** After a 429 nothing leaves before this, whichever process would send it. */
    quietUntil: instant(),
    /** What the doctor found at its last visit, line by line. */
    checks: jsonb().$type<StoredCheck[]>().notNull().default([]),
    checkedAt: instant(),
    pendingCount: integer(),
    /** When Telegram last took our address; an error that it remembers from before says nothing about now. */
    registeredAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index().on(t.workspaceId), index().on(t.assistantId), oneOf("bots_status_check", t.status, BOT_STATUSES)],
);

/** Every update as it came. The primary key makes a repeated delivery find its row. */
export const telegramUpdates = pgTable(
  "telegram_updates",
  {
    botId: uuid()
      .notNull()
      .references(() => bots.id, { onDelete: "cascade" }),
    updateId: bigint({ mode: "number" }).notNull(),
    workspaceId: workspaceOfParent(),
    payload: jsonb().notNull(),
    state: text().$type<(typeof UPDATE_STATES)[number]>().notNull().default("recorded"),
    error: text(),
    receivedAt: createdAt(),
    processedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.botId, t.updateId] }),
    // Rows come in the order of time, so the pruning job finds the old ones through an index that costs next to nothing.
    index().using("brin", t.receivedAt),
    oneOf("telegram_updates_state_check", t.state, UPDATE_STATES),
  ],
);

/** Accounts of people who let a bot answer in their private chats. */
export const telegramBusinessConnections = pgTable(
  "telegram_business_connections",
  {
    id: id(),
    workspaceId: workspaceRef(),
    botId: uuid()
      .notNull()
      .references(() => bots.id, { onDelete: "cascade" }),
    /** Telegram's id of the connection; a new one with each time it is made. */
    connectionId: text().notNull(),
    ownerId: bigint({ mode: "number" }).notNull(),
    isEnabled: boolean().notNull(),
    canReply: boolean().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique().on(t.botId, t.connectionId)],
);
