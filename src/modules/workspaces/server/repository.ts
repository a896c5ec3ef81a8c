import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { MemberRole } from "@/db/enums";
import { users } from "@/db/schema/users";
import { workspaceInvitations, workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { UserId, WorkspaceId } from "@/lib/brand";

const detailColumns = {
  id: workspaces.id,
  slug: workspaces.slug,
  name: workspaces.name,
  timeZone: workspaces.timeZone,
};

const memberColumns = {
  userId: workspaceMembers.userId,
  name: users.name,
  email: users.email,
  role: workspaceMembers.role,
  lastActivityAt: users.lastActivityAt,
  joinedAt: workspaceMembers.createdAt,
};

/** Adds a workspace; null when its address is taken. */
export async function insertWorkspace(db: Db, row: { name: string; slug: string }) {
  const [created] = await db.insert(workspaces).values(row).onConflictDoNothing().returning(detailColumns);
  // A row just written by its founder is where a WorkspaceId comes from.
  return created ? { ...created, id: created.id as WorkspaceId } : null;
}

export async function findWorkspace(db: Db, workspaceId: WorkspaceId) {
  const [row] = await db.select(detailColumns).from(workspaces).where(eq(workspaces.id, workspaceId));
  return row ?? null;
}

export async function updateWorkspace(db: Db, workspaceId: WorkspaceId, fields: { name?: string; timeZone?: string }) {
  const [row] = await db.update(workspaces).set(fields).where(eq(workspaces.id, workspaceId)).returning(detailColumns);
  return row ?? null;
}

/** Closes a workspace and gives its address free; false when it was closed before. */
export async function markRemoved(db: Db, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  const rows = await db
    .update(workspaces)
    .set({ deletedAt: now, slug: `removed-${workspaceId}` })
    .where(and(eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt)))
    .returning({ id: workspaces.id });
  await db
    .update(workspaceInvitations)
    .set({ revokedAt: now })
    .where(
      and(
        eq(workspaceInvitations.workspaceId, workspaceId),
        isNull(workspaceInvitations.acceptedAt),
        isNull(workspaceInvitations.revokedAt),
      ),
    );
  return rows.length > 0;
}

/** Ends every membership of a person. */
export async function deleteMemberships(db: Db, userId: UserId): Promise<void> {
  await db.delete(workspaceMembers).where(eq(workspaceMembers.userId, userId));
}

/** Holds the workspace's row until the transaction ends, so changes of its roles happen one after the other. */
export async function lockWorkspace(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("no key update");
}

/** The workspaces of a person, oldest membership first. */
export async function listMemberships(db: Db, userId: UserId) {
  return db
    .select({ id: workspaces.id, slug: workspaces.slug, name: workspaces.name, role: workspaceMembers.role })
    .from(workspaceMembers)
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .where(and(eq(workspaceMembers.userId, userId), isNull(workspaces.deletedAt)))
    .orderBy(asc(workspaceMembers.createdAt), asc(workspaces.id));
}

export async function listMembers(db: Db, workspaceId: WorkspaceId) {
  return db
    .select(memberColumns)
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(eq(workspaceMembers.workspaceId, workspaceId))
    .orderBy(asc(workspaceMembers.createdAt), asc(users.id));
}

export async function findMember(db: Db, workspaceId: WorkspaceId, userId: string) {
  const [row] = await db
    .select(memberColumns)
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId)));
  return row ?? null;
}

export async function findMemberByEmail(db: Db, workspaceId: WorkspaceId, email: string) {
  const [row] = await db
    .select(memberColumns)
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(users.email, email)));
  return row ?? null;
}

/** Adds a member; false when the person is one already. */
export async function insertMember(db: Db, workspaceId: WorkspaceId, userId: UserId, role: MemberRole) {
  const rows = await db
    .insert(workspaceMembers)
    .values({ workspaceId, userId, role })
    .onConflictDoNothing()
    .returning({ userId: workspaceMembers.userId });
  return rows.length > 0;
}

export async function updateMemberRole(db: Db, workspaceId: WorkspaceId, userId: string, role: MemberRole) {
  await db
    .update(workspaceMembers)
    .set({ role })
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId)));
}

export async function deleteMember(db: Db, workspaceId: WorkspaceId, userId: string): Promise<void> {
  await db
    .delete(workspaceMembers)
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId)));
}

export async function countOwners(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(workspaceMembers)
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.role, "owner")));
  return row?.count ?? 0;
}
