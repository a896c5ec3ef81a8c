import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { AI_KEY_SOURCES, AI_PROVIDERS, AI_USAGE_OUTCOMES, AI_USAGE_PURPOSES } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { workspaces } from "@/db/schema/workspaces";

/** What a million tokens of each model cost with this key, in micros of the platform's currency. */
export type StoredModelPrices = Record<string, { promptMicros: number; completionMicros: number }>;

/**
 * The pool of provider keys. A key of the environment has a row for its state and counters; its secret stays in the
 * environment, and its models are what the provider lists.
 */
export const aiKeys = pgTable(
  "ai_keys",
  {
    id: id(),
    source: text().$type<(typeof AI_KEY_SOURCES)[number]>().notNull(),
    /** Keyed hash of an environment key: its row is found again after a restart, and by every process. */
    fingerprint: text(),
    name: text().notNull(),
    provider: text().$type<(typeof AI_PROVIDERS)[number]>().notNull(),
    baseUrl: text(),
    secretSealed: text(),
    secretLast4: text().notNull(),
    models: text().array().notNull(),
    prices: jsonb().$type<StoredModelPrices>().notNull().default({}),
    dailyTokenQuota: bigint({ mode: "number" }),
    monthlyTokenQuota: bigint({ mode: "number" }),
    /** 1 serves first. */
    priority: integer().notNull().default(1),
    isActive: boolean().notNull().default(true),
    note: text().notNull().default(""),
    coolingUntil: instant(),
    coolingReason: text(),
    /** Failed requests in a row; the breaker opens at the third. */
    failures: integer().notNull().default(0),
    openedAt: instant(),
    /** Until when the one probe of an open breaker is taken to be under way. */
    probeUntil: instant(),
    lastError: text(),
    lastErrorAt: instant(),
    lastUsedAt: instant(),
    /** The UTC day and month that the counters beside them belong to; another one means zero. */
    dayOn: date({ mode: "string" }),
    dayTokens: bigint({ mode: "number" }).notNull().default(0),
    monthOn: date({ mode: "string" }),
    monthTokens: bigint({ mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex()
      .on(t.fingerprint)
      .where(sql`${t.fingerprint} is not null`),
    oneOf("ai_keys_source_check", t.source, AI_KEY_SOURCES),
    oneOf("ai_keys_provider_check", t.provider, AI_PROVIDERS),
    check("ai_keys_secret_check", sql`(${t.source} = 'panel') = (${t.secretSealed} is not null)`),
    check("ai_keys_fingerprint_check", sql`(${t.source} = 'environment') = (${t.fingerprint} is not null)`),
    check("ai_keys_priority_check", sql`${t.priority} between 1 and 10`),
    check(
      "ai_keys_quota_check",
      sql`coalesce(${t.dailyTokenQuota}, 1) between 1 and 9007199254740991 and coalesce(${t.monthlyTokenQuota}, 1) between 1 and 9007199254740991`,
    ),
  ],
);

/** One row for each call of a provider. Outlives the key and the talk it was made for. */
export const aiUsage = pgTable(
  "ai_usage",
  {
    id: id(),
    keyId: uuid().references(() => aiKeys.id, { onDelete: "set null" }),
    /** Null for calls of the platform itself. */
    workspaceId: uuid().references(() => workspaces.id, { onDelete: "cascade" }),
    assistantId: uuid().references(() => assistants.id, { onDelete: "set null" }),
    dialogId: uuid().references(() => dialogs.id, { onDelete: "set null" }),
    // The visitor's message. The dialog's foreign key stands for both; a second one would be one more lock an answer.
    messageId: uuid(),
    purpose: text().$type<(typeof AI_USAGE_PURPOSES)[number]>().notNull(),
    provider: text().$type<(typeof AI_PROVIDERS)[number]>().notNull(),
    model: text().notNull(),
    /** Null where the provider did not report it. */
    promptTokens: integer(),
    completionTokens: integer(),
    totalTokens: integer(),
    /** What the provider takes, by the key's prices; null where they are not known. */
    costMicros: bigint({ mode: "number" }),
    durationMs: integer().notNull(),
    outcome: text().$type<(typeof AI_USAGE_OUTCOMES)[number]>().notNull(),
    errorCode: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.keyId, t.createdAt),
    index().on(t.workspaceId, t.createdAt),
    index().on(t.assistantId),
    index().on(t.dialogId),
    oneOf("ai_usage_purpose_check", t.purpose, AI_USAGE_PURPOSES),
    oneOf("ai_usage_provider_check", t.provider, AI_PROVIDERS),
    oneOf("ai_usage_outcome_check", t.outcome, AI_USAGE_OUTCOMES),
  ],
);
