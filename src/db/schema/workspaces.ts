import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { MEMBER_ROLES, type MemberRole } from "@/db/enums";
import { users } from "@/db/schema/users";

export const workspaces = pgTable("workspaces", {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  timeZone: text().notNull().default("Europe/Moscow"),
  /** Raised as the last step of a transaction that publishes, so events become visible in order. */
  eventSeq: bigint({ mode: "number" }).notNull().default(0),
  deletedAt: instant(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** The tenant column of every tenant table. */
export const workspaceRef = () =>
  uuid()
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" });

/**
 * The tenant column of a busy table whose parent row carries the foreign key. A second one would lock the workspace's row,
 * the busiest of its tenant, for each row written.
 */
export const workspaceOfParent = () => uuid().notNull();

export const workspaceMembers = pgTable(
  "workspace_members",
  {
    workspaceId: workspaceRef(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text().$type<MemberRole>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index().on(t.userId),
    oneOf("workspace_members_role_check", t.role, MEMBER_ROLES),
  ],
);

export const workspaceInvitations = pgTable(
  "workspace_invitations",
  {
    id: id(),
    workspaceId: workspaceRef(),
    email: text().notNull(),
    role: text().$type<MemberRole>().notNull(),
    tokenHash: text().notNull().unique(),
    invitedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("workspace_invitations_open_index")
      .on(t.workspaceId, t.email)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
    oneOf("workspace_invitations_role_check", t.role, MEMBER_ROLES),
  ],
);

/** Realtime hints. The newest thousand of a workspace are kept for tabs that catch up. */
export const events = pgTable(
  "events",
  {
    workspaceId: workspaceRef(),
    seq: bigint({ mode: "number" }).notNull(),
    type: text().notNull(),
    ids: jsonb().$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.seq] })],
);
