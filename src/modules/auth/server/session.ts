import { db } from "@/db/client";
import type { Person } from "@/server/context";
import { readSessionCookie } from "./session-cookie";
import { findLiveSession, touchSession } from "./session-repository";

// Activity is stamped this often at most, so that reading does not write.
const TOUCH_EVERY_MS = 5 * 60_000;

/** The signed-in person of a request: cookie seal, live session row, active account. Null otherwise. */
export async function findPerson(headers: Headers): Promise<Person | null> {
  const cookie = await readSessionCookie(headers);
  return cookie ? openSession(cookie.sessionId) : null;
}

/** The person behind a session that lives right now, read at each call, so that revocation takes effect at once. */
export async function openSession(sessionId: string): Promise<Person | null> {
  const now = new Date();
  const session = await findLiveSession(db(), sessionId, now);
  if (!session) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touchSession(db(), sessionId, now);
  return { kind: "user", userId: session.userId, role: session.role, sessionId };
}

/** Whether a session is still in force, for connections that outlive their request. Does not count as activity. */
export async function isSessionLive(sessionId: string): Promise<boolean> {
  return (await findLiveSession(db(), sessionId, new Date())) !== null;
}
