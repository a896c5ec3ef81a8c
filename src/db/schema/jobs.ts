import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "@/db/columns";

/** Background work that has an order: the jobs of one lane run one after the other. A job that ended leaves the table. */
export const laneJobs = pgTable(
  "lane_jobs",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    lane: text().notNull(),
    name: text().notNull(),
    payload: jsonb().notNull(),
    /** Of the waiting jobs with one key there is at most one. */
    key: text(),
    dueAt: instant().notNull().defaultNow(),
    attempts: smallint().notNull().default(0),
    maxAttempts: smallint().notNull(),
    /** The runner that works on it, until it says otherwise or is taken for dead. */
    leasedBy: uuid(),
    leasedUntil: instant(),
    /** The life of the database in which it was leased: what a job wrote may be undone when that ended in a crash. */
    leasedIn: uuid(),
    lastError: text(),
    /** Set when the attempts are used up; the row stays to be seen. */
    failedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.lane, t.dueAt, t.id),
    uniqueIndex("lane_jobs_running_index")
      .on(t.lane)
      .where(sql`${t.leasedUntil} is not null`),
    uniqueIndex("lane_jobs_waiting_key_index")
      .on(t.key)
      .where(sql`${t.leasedUntil} is null and ${t.key} is not null`),
    index("lane_jobs_due_index")
      .on(t.dueAt)
      .where(sql`${t.leasedUntil} is null and ${t.failedAt} is null`),
  ],
);

/**
 * One row, whose id lasts as long as nothing that was committed got lost. The table is unlogged: recovery after a crash
 * leaves it empty, and whoever needs it next begins a new life.
 */
export const databaseLives = pgTable(
  "database_lives",
  {
    isOnly: boolean().primaryKey().default(true),
    id: uuid().notNull().defaultRandom(),
  },
  (t) => [check("database_lives_one_check", sql`${t.isOnly}`)],
);
