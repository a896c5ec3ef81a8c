import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { MemberRole } from "@/db/enums";
import { users } from "@/db/schema/users";
import { workspaceInvitations, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import { DEFAULT_LOCALE, type Locale } from "@/lib/locales";

const openColumns = {
  id: workspaceInvitations.id,
  email: workspaceInvitations.email,
  role: workspaceInvitations.role,
  expiresAt: workspaceInvitations.expiresAt,
  createdAt: workspaceInvitations.createdAt,
};

const isPending = and(isNull(workspaceInvitations.acceptedAt), isNull(workspaceInvitations.revokedAt));

export type NewInvitation = {
  id: string;
  email: string;
  role: MemberRole;
  tokenHash: string;
  invitedBy: string;
  expiresAt: Date;
};

/** Invitations that were neither accepted nor revoked; the expired ones too, because they can be sent again. */
export async function listPending(db: Db, workspaceId: WorkspaceId) {
  return db
    .select(openColumns)
    .from(workspaceInvitations)
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), isPending))
    .orderBy(desc(workspaceInvitations.createdAt), desc(workspaceInvitations.id));
}

export async function findPending(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db
    .select(openColumns)
    .from(workspaceInvitations)
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), eq(workspaceInvitations.id, id), isPending));
  return row ?? null;
}

/** One pending invitation per address: the newer wish takes the place of the older, whose link dies. */
export async function replacePending(db: Db, workspaceId: WorkspaceId, invitation: NewInvitation, now: Date) {
  await db
    .update(workspaceInvitations)
    .set({ revokedAt: now })
    .where(
      and(
        eq(workspaceInvitations.workspaceId, workspaceId),
        eq(workspaceInvitations.email, invitation.email),
        isPending,
      ),
    );
  const [row] = await db
    .insert(workspaceInvitations)
    .values({ ...invitation, workspaceId })
    .onConflictDoNothing()
    .returning(openColumns);
  return row ?? null;
}

export async function extendPending(db: Db, workspaceId: WorkspaceId, id: string, expiresAt: Date) {
  const [row] = await db
    .update(workspaceInvitations)
    .set({ expiresAt })
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), eq(workspaceInvitations.id, id), isPending))
    .returning(openColumns);
  return row ?? null;
}

export async function revokePending(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(workspaceInvitations)
    .set({ revokedAt: now })
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), eq(workspaceInvitations.id, id), isPending))
    .returning({ id: workspaceInvitations.id });
  return rows.length > 0;
}

const linkColumns = {
  id: workspaceInvitations.id,
  workspaceId: workspaceInvitations.workspaceId,
  workspaceName: workspaces.name,
  workspaceSlug: workspaces.slug,
  inviterName: users.name,
  inviterLocale: users.locale,
  email: workspaceInvitations.email,
  role: workspaceInvitations.role,
};

// The hash of a secret link stands where other queries have the workspace: the link is what proves the right.
export async function findByToken(db: Db, tokenHash: string, now: Date) {
  const [row] = await selectLink(db).where(
    and(
      eq(workspaceInvitations.tokenHash, tokenHash),
      isPending,
      gt(workspaceInvitations.expiresAt, now),
      isNull(workspaces.deletedAt),
    ),
  );
  return row ? withWorkspaceId(row) : null;
}

/** For the letter's own job, which knows the invitation by the id it was given in the inviter's transaction. */
export async function findForLetter(db: Db, id: string) {
  const [row] = await selectLink(db).where(and(eq(workspaceInvitations.id, id), isPending));
  return row ? withWorkspaceId(row) : null;
}

/** Uses an invitation up; false when it was used, revoked or has expired meanwhile. */
export async function claimInvitation(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(workspaceInvitations)
    .set({ acceptedAt: now })
    .where(
      and(
        eq(workspaceInvitations.workspaceId, workspaceId),
        eq(workspaceInvitations.id, id),
        isPending,
        gt(workspaceInvitations.expiresAt, now),
      ),
    )
    .returning({ id: workspaceInvitations.id });
  return rows.length > 0;
}

function selectLink(db: Db) {
  return db
    .select(linkColumns)
    .from(workspaceInvitations)
    .innerJoin(workspaces, eq(workspaces.id, workspaceInvitations.workspaceId))
    .leftJoin(users, eq(users.id, workspaceInvitations.invitedBy));
}

// The workspace of an invitation is known from its own row, not from the caller.
function withWorkspaceId<T extends { workspaceId: string; inviterName: string | null; inviterLocale: Locale | null }>(
  row: T,
) {
  return {
    ...row,
    inviterName: row.inviterName ?? "",
    inviterLocale: row.inviterLocale ?? DEFAULT_LOCALE,
    workspaceId: row.workspaceId as WorkspaceId,
  };
}
