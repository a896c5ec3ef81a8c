import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import {
  ASSISTANT_LANGUAGES,
  type AssistantLanguage,
  HANDOFF_TRIGGERS,
  type HandoffTrigger,
  NO_ANSWER_POLICIES,
  type NoAnswerPolicy,
  type Tone,
  TONES,
} from "@/db/enums";
import { workspaceRef } from "@/db/schema/workspaces";

export const assistants = pgTable(
  "assistants",
  {
    id: id(),
    workspaceId: workspaceRef(),
    name: text().notNull(),
    instructions: text().notNull().default(""),
    /** Empty means the platform's default model. */
    model: text().notNull().default(""),
    tone: text().$type<Tone>().notNull().default("friendly"),
    language: text().$type<AssistantLanguage>().notNull().default("auto"),
    greeting: text().notNull().default(""),
    starters: text().array().notNull().default([]),
    noAnswerPolicy: text().$type<NoAnswerPolicy>().notNull().default("say-so"),
    /** What passes a dialog to people. */
    handoffTriggers: text().array().$type<HandoffTrigger[]>().notNull().default(["words", "buttons"]),
    /** Whether the words with which the assistant passes a dialog on are said before people come; they are free. */
    saysHandoffWords: boolean().notNull().default(false),
    showSources: boolean().notNull().default(true),
    /** Whether thumbs stand under its answers where the channel can show them. */
    asksForThumbs: boolean().notNull().default(false),
    isActive: boolean().notNull().default(true),
    /** Rises with every change of knowledge or behaviour; part of every cache key. */
    knowledgeVersion: integer().notNull().default(1),
    deletedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index().on(t.workspaceId),
    oneOf("assistants_tone_check", t.tone, TONES),
    oneOf("assistants_language_check", t.language, ASSISTANT_LANGUAGES),
    check(
      "assistants_handoff_triggers_check",
      sql`${t.handoffTriggers} <@ array[${sql.raw(HANDOFF_TRIGGERS.map((name) => `'${name}'`).join(", "))}]::text[]`,
    ),
    oneOf("assistants_no_answer_policy_check", t.noAnswerPolicy, NO_ANSWER_POLICIES),
  ],
);
