import { newId } from "@/lib/ids";
import { decryptSecret, encryptSecret } from "@/server/crypto";
import { env } from "@/server/env";

const NAME = "demo-guest";
const PURPOSE = "site.demo-guest";
const LIFE_SECONDS = 30 * 86_400;

/** The guest that this request's cookie names; null when it carries none that we sealed. */
export function readGuest(headers: Headers): string | null {
  const sealed = new RegExp(`(?:^|;\\s*)${NAME}=([\\w.-]+)`).exec(headers.get("cookie") ?? "")?.[1];
  if (!sealed) return null;
  try {
    return decryptSecret(sealed, PURPOSE);
  } catch {
    // A forged or outdated seal is simply no guest.
    return null;
  }
}

/** A new guest, and the cookie that will name it. Nobody chooses the id, so nobody reads another's dialog. */
export function welcomeGuest(): { guest: string; cookie: string } {
  const guest = newId();
  const secure = env().appUrl.startsWith("https:") ? "; Secure" : "";
  const cookie = `${NAME}=${encryptSecret(guest, PURPOSE)}; Path=/; Max-Age=${LIFE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
  return { guest, cookie };
}
