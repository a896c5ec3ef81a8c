import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { EMAIL_STATUSES } from "@/db/enums";
import { users } from "@/db/schema/users";
import { workspaces } from "@/db/schema/workspaces";
import { LOCALES, type Locale } from "@/lib/locales";

export const systemSettings = pgTable(
  "system_settings",
  {
    category: text().notNull(),
    key: text().notNull(),
    value: jsonb().notNull(),
    updatedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.category, t.key] })],
);

/** Append-only. Rows outlive the people and workspaces they name, hence no foreign keys. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    at: createdAt(),
    actorKind: text().notNull(),
    actorId: text(),
    workspaceId: uuid(),
    operation: text().notNull(),
    targetKind: text().notNull().default(""),
    targetId: text().notNull().default(""),
    address: text().notNull().default(""),
    userAgent: text().notNull().default(""),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index().on(t.workspaceId, t.at), index().on(t.at)],
);

export const securityEvents = pgTable(
  "security_events",
  {
    id: id(),
    at: createdAt(),
    kind: text().notNull(),
    address: text().notNull().default(""),
    emailHash: text().notNull().default(""),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index().on(t.kind, t.emailHash, t.at), index().on(t.kind, t.address, t.at)],
);

/** What the platform found wrong with itself. One open alert per key; it closes when the next look finds nothing. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    key: text().notNull(),
    /** Facts for the staff: ids, counts, amounts. Never texts of people. */
    detail: jsonb().$type<Record<string, string | number>>().notNull().default({}),
    openedAt: createdAt(),
    resolvedAt: instant(),
  },
  (t) => [
    uniqueIndex("alerts_open_index")
      .on(t.key)
      .where(sql`${t.resolvedAt} is null`),
    index().on(t.openedAt),
  ],
);

/** The mail outbox, filled in the transaction of the caller. Without a transport letters stay here as `kept`. */
export const emails = pgTable(
  "emails",
  {
    id: id(),
    kind: text().notNull(),
    toAddress: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    workspaceId: uuid().references(() => workspaces.id, { onDelete: "set null" }),
    /** Values of the template; holds codes and links, so it never leaves the staff panel. */
    payload: jsonb().$type<Record<string, string>>().notNull(),
    dedupeKey: text().notNull().unique(),
    status: text().$type<(typeof EMAIL_STATUSES)[number]>().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    sentAt: instant(),
    externalId: text(),
    error: text(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index().on(t.createdAt),
    oneOf("emails_status_check", t.status, EMAIL_STATUSES),
    oneOf("emails_locale_check", t.locale, LOCALES),
  ],
);
