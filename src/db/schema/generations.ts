import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant } from "@/db/columns";
import { GENERATION_STATES, type GenerationState } from "@/db/enums";
import { dialogs, messages, type StoredCitation } from "@/db/schema/dialogs";
import { workspaceOfParent } from "@/db/schema/workspaces";

/** A passage as it was ranked for one answer, kept so that 'why this answer' stays true after edits. */
export type StoredPassage = StoredCitation & { heading: string; page: number | null; score: number; cited: boolean };

export type StoredTimings = { retrievalMs: number; firstTokenMs: number | null; totalMs: number };

/** An attempt at the answer to one message of a visitor. */
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
