import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    lastError: text(),
    /** Set when the attempts are used up; the row stays to be seen. */
    failedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.lane, t.id),
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
