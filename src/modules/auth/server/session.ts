import type { UserRole } from "@/db/enums";
import { db } from "@/db/client";
import type { UserId } from "@/lib/brand";
import type { Person } from "@/server/context";
import { readSessionCookie } from "@/modules/auth/server/session-cookie";
import { findLiveSession, touchSession } from "@/modules/auth/server/session-repository";

// Revocation may lag by this much on a process that did not hear of it.
const CACHE_MS = 2_000;
const TOUCH_EVERY_MS = 5 * 60_000;
const MAX_CACHED = 5_000;

type CachedSession = { person: Person | null; readAtMs: number };
const shared = globalThis as typeof globalThis & { chataiSessions?: Map<string, CachedSession> };
const cache = (shared.chataiSessions ??= new Map<string, CachedSession>());

/** The signed-in person of a request: cookie seal, live session row, active account. Null otherwise. */
export async function findPerson(headers: Headers): Promise<Person | null> {
  const cookie = await readSessionCookie(headers);
  if (!cookie) return null;
  const cached = cache.get(cookie.sessionId);
  if (cached && Date.now() - cached.readAtMs < CACHE_MS) return cached.person;
  const person = await loadPerson(cookie.sessionId);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(cookie.sessionId, { person, readAtMs: Date.now() });
  return person;
}

/** Forgets what this process remembers of a session, so that its revocation takes effect with the next call. */
export function forgetSession(sessionId: string): void {
  cache.delete(sessionId);
}

async function loadPerson(sessionId: string): Promise<Person | null> {
  const now = new Date();
  const session = await findLiveSession(db(), sessionId, now);
  if (!session) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touchSession(db(), sessionId, now);
  return personOf(sessionId, session);
}

function personOf(sessionId: string, row: { userId: string; role: UserRole }): Person {
  // The row was reached through a live session, which is what mints a UserId.
  return { kind: "user", userId: row.userId as UserId, role: row.role, sessionId };
}

/** Whether a session is still in force, read from the database now. */
export async function isSessionLive(sessionId: string): Promise<boolean> {
  return (await findLiveSession(db(), sessionId, new Date())) !== null;
}
