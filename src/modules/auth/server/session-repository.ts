import { and, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { authSessions, users } from "@/db/schema/users";
import { SESSION_DAYS } from "@/modules/auth/server/session-cookie";

const DAY_MS = 86_400_000;
/** Staff sign-ins end after this much idleness. */
const STAFF_IDLE_MS = DAY_MS;

export async function findLiveSession(db: Db, sessionId: string, now: Date) {
  const [row] = await db
    .select({ userId: users.id, role: users.role, lastSeenAt: authSessions.lastSeenAt })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(
      and(
        eq(authSessions.id, sessionId),
        isNull(authSessions.revokedAt),
        gt(authSessions.expiresAt, now),
        eq(users.status, "active"),
      ),
    );
  if (!row) return null;
  const isIdleStaff = row.role === "admin" && now.getTime() - row.lastSeenAt.getTime() > STAFF_IDLE_MS;
  return isIdleStaff ? null : row;
}

/** Slides the life of a session and stamps the person's activity. */
export async function touchSession(db: Db, sessionId: string, now: Date): Promise<void> {
  const [row] = await db
    .update(authSessions)
    .set({ lastSeenAt: now, expiresAt: new Date(now.getTime() + SESSION_DAYS * DAY_MS) })
    .where(eq(authSessions.id, sessionId))
    .returning({ userId: authSessions.userId });
  if (row) await db.update(users).set({ lastActivityAt: now }).where(eq(users.id, row.userId));
}
