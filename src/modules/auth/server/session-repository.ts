import { and, desc, eq, gt, isNull, ne } from "drizzle-orm";
import type { Db } from "@/db/client";
import { authSessions, users } from "@/db/schema/users";
import type { UserId } from "@/lib/brand";
import { SESSION_DAYS } from "./session-cookie";

const DAY_MS = 86_400_000;
/** Staff sign-ins end after this much idleness. */
const STAFF_IDLE_MS = DAY_MS;

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function expiry(now: Date): Date {
  return new Date(now.getTime() + SESSION_DAYS * DAY_MS);
}

/** Opens a session, which is also a sign of life of the person. */
export async function insertSession(
  db: Db,
  session: { userId: UserId; userAgent: string; address: string },
  now: Date,
): Promise<string> {
  const values = { ...session, createdAt: now, lastSeenAt: now, expiresAt: expiry(now) };
  const [row] = await db.insert(authSessions).values(values).returning({ id: authSessions.id });
  if (!row) throw new Error("A session was not stored.");
  await db.update(users).set({ lastActivityAt: now }).where(eq(users.id, session.userId));
  return row.id;
}

export async function findLiveSession(db: Db, sessionId: string, now: Date) {
  if (!isUuid.test(sessionId)) return null;
  const [row] = await db
    .select({ userId: users.id, role: users.role, lastSeenAt: authSessions.lastSeenAt })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(and(eq(authSessions.id, sessionId), isLive(now), eq(users.status, "active")));
  if (!row) return null;
  const isIdleStaff = row.role === "admin" && now.getTime() - row.lastSeenAt.getTime() > STAFF_IDLE_MS;
  // The row was reached through a live session, which is what mints a UserId.
  return isIdleStaff ? null : { ...row, userId: row.userId as UserId };
}

export async function listLiveSessions(db: Db, userId: UserId, now: Date) {
  return db
    .select({
      id: authSessions.id,
      userAgent: authSessions.userAgent,
      address: authSessions.address,
      createdAt: authSessions.createdAt,
      lastSeenAt: authSessions.lastSeenAt,
    })
    .from(authSessions)
    .where(and(eq(authSessions.userId, userId), isLive(now)))
    .orderBy(desc(authSessions.lastSeenAt), desc(authSessions.id));
}

/** Slides the life of a session and stamps the person's activity. */
export async function touchSession(db: Db, sessionId: string, now: Date): Promise<void> {
  const [row] = await db
    .update(authSessions)
    .set({ lastSeenAt: now, expiresAt: expiry(now) })
    .where(and(eq(authSessions.id, sessionId), isLive(now)))
    .returning({ userId: authSessions.userId });
  if (row) await db.update(users).set({ lastActivityAt: now }).where(eq(users.id, row.userId));
}

/** Ends one session of a person; false when there is no such live one. */
export async function revokeSession(db: Db, userId: UserId, sessionId: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(authSessions)
    .set({ revokedAt: now })
    .where(and(eq(authSessions.id, sessionId), eq(authSessions.userId, userId), isNull(authSessions.revokedAt)))
    .returning({ id: authSessions.id });
  return rows.length > 0;
}

/** Ends all sessions of a person, except the one that is kept. */
export async function revokeSessions(db: Db, userId: UserId, keptSessionId: string | null, now: Date): Promise<void> {
  await db
    .update(authSessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(authSessions.userId, userId),
        isNull(authSessions.revokedAt),
        keptSessionId ? ne(authSessions.id, keptSessionId) : undefined,
      ),
    );
}

function isLive(now: Date) {
  return and(isNull(authSessions.revokedAt), gt(authSessions.expiresAt, now));
}
