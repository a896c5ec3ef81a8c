import { decode, encode } from "next-auth/jwt";
import { env, requiredSecret } from "@/server/env";

export const SESSION_DAYS = 30;
export const SESSION_SECONDS = SESSION_DAYS * 86_400;

/** next-auth's own cookie names; the prefixed one binds the cookie to https. */
export function sessionCookieName(): string {
  return isSecure() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

export function isSecure(): boolean {
  return env().appUrl.startsWith("https://");
}

/** The `Set-Cookie` value that signs a browser in to a session; the same cookie that next-auth sets. */
export async function sessionCookie(session: { sessionId: string; userId: string }): Promise<string> {
  const value = await encode({
    token: { sub: session.userId, sid: session.sessionId },
    secret: requiredSecret("AUTH_SECRET"),
    maxAge: SESSION_SECONDS,
  });
  const attributes = [
    `Path=/`,
    `Max-Age=${SESSION_SECONDS}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure() ? ["Secure"] : []),
  ];
  return [`${sessionCookieName()}=${value}`, ...attributes].join("; ");
}

/** The session that the request's cookie names, if its seal is ours and unexpired. The row must still be checked. */
export async function readSessionCookie(headers: Headers): Promise<{ sessionId: string } | null> {
  const token = cookieValue(headers.get("cookie") ?? "", sessionCookieName());
  if (!token) return null;
  const known = openedSeals.get(token);
  if (known && known.expiresAtMs > Date.now()) return { sessionId: known.sessionId };
  try {
    const jwt = await decode({ token, secret: requiredSecret("AUTH_SECRET") });
    if (typeof jwt?.sid !== "string") return null;
    rememberSeal(token, { sessionId: jwt.sid, expiresAtMs: typeof jwt.exp === "number" ? jwt.exp * 1000 : 0 });
    return { sessionId: jwt.sid };
  } catch {
    // A forged or outdated seal is simply no session.
    return null;
  }
}

// Opening a seal derives its key anew, a noticeable part of a short answer; what it says never changes.
const MAX_OPENED_SEALS = 1_000;
const openedSeals = new Map<string, { sessionId: string; expiresAtMs: number }>();

function rememberSeal(token: string, seal: { sessionId: string; expiresAtMs: number }): void {
  const eldest = openedSeals.keys().next().value;
  if (openedSeals.size >= MAX_OPENED_SEALS && eldest !== undefined) openedSeals.delete(eldest);
  openedSeals.set(token, seal);
}

function cookieValue(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(";")) {
    const [key, ...value] = pair.trim().split("=");
    // A sealed token has no characters that a cookie would escape.
    if (key === name) return value.join("=");
  }
  return undefined;
}
