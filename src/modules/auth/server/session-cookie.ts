import { decode } from "next-auth/jwt";
import { env, requiredSecret } from "@/server/env";

export const SESSION_DAYS = 30;

/** next-auth's own cookie names; the prefixed one binds the cookie to https. */
export function sessionCookieName(): string {
  return env().appUrl.startsWith("https://") ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** The session that the request's cookie names, if its seal is ours and unexpired. The row must still be checked. */
export async function readSessionCookie(headers: Headers): Promise<{ sessionId: string } | null> {
  const token = cookieValue(headers.get("cookie") ?? "", sessionCookieName());
  if (!token) return null;
  try {
    const jwt = await decode({ token, secret: requiredSecret("AUTH_SECRET") });
    return typeof jwt?.sid === "string" ? { sessionId: jwt.sid } : null;
  } catch {
    // A forged or outdated seal is simply no session.
    return null;
  }
}

function cookieValue(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(";")) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return decodeURIComponent(value.join("="));
  }
  return undefined;
}
