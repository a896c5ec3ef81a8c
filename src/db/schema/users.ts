import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import {
  AUTH_CODE_PURPOSES,
  SOUND_VOLUMES,
  type SoundVolume,
  USER_ROLES,
  USER_STATUSES,
  type UserRole,
  type UserStatus,
} from "@/db/enums";
import { LOCALES, type Locale } from "@/lib/locales";

export const users = pgTable(
  "users",
  {
    id: id(),
    /** Lower-cased before it gets here. */
    email: text().notNull().unique(),
    /** Null for accounts that only sign in through another provider. */
    passwordHash: text(),
    name: text().notNull().default(""),
    role: text().$type<UserRole>().notNull().default("user"),
    status: text().$type<UserStatus>().notNull().default("active"),
    locale: text().$type<Locale>().notNull().default("en"),
    confirmedAt: instant(),
    lastActivityAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    oneOf("users_role_check", t.role, USER_ROLES),
    oneOf("users_status_check", t.status, USER_STATUSES),
    oneOf("users_locale_check", t.locale, LOCALES),
  ],
);

/** How a person wants to be called to a dialog. Without a row the defaults hold. */
export const alertSettings = pgTable(
  "alert_settings",
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    sound: text().$type<SoundVolume>().notNull().default("quiet"),
    /** Whether the browser may show notifications; each browser asks for its own permission besides. */
    isDesktopOn: boolean().notNull().default(false),
    /** Whether a notification quotes what the visitor wrote, which others may read on the screen. */
    showsText: boolean().notNull().default(false),
    updatedAt: updatedAt(),
  },
  (t) => [oneOf("alert_settings_sound_check", t.sound, SOUND_VOLUMES)],
);

export const externalAccounts = pgTable(
  "external_accounts",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique().on(t.provider, t.providerAccountId), index().on(t.userId)],
);

export const authSessions = pgTable(
  "auth_sessions",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text().notNull().default(""),
    address: text().notNull().default(""),
    lastSeenAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.userId)],
);

export const authCodes = pgTable(
  "auth_codes",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text().$type<(typeof AUTH_CODE_PURPOSES)[number]>().notNull(),
    secretHash: text().notNull(),
    attempts: integer().notNull().default(0),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.userId, t.purpose),
    index().on(t.secretHash),
    oneOf("auth_codes_purpose_check", t.purpose, AUTH_CODE_PURPOSES),
  ],
);
