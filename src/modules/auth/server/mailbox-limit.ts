import { AppError } from "@/lib/errors";
import type { Ctx } from "@/server/context";
import { keyedHash } from "@/server/keyed-hash";
import { enforceLimit } from "@/server/rate-limit/limit";

const HOURLY_LETTERS = { limit: 6, windowSeconds: 3600 };

/** The subject under which letters to one address are counted; the address itself stays out of the counter's keys. */
export function mailboxKey(email: string): string {
  return `mailbox:${keyedHash("mailbox", email)}`;
}

/**
 * Whether one more letter of a kind may go to an address within the hour. Strangers can ask for letters to any
 * mailbox, so who asks too often gets the ordinary answer and no letter.
 */
export async function hasLettersLeft(ctx: Ctx, kind: string, email: string): Promise<boolean> {
  try {
    await enforceLimit(ctx, `auth.letters:${kind}`, mailboxKey(email), HOURLY_LETTERS, { whenDown: "refuse" });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "RATE_LIMITED") return false;
    throw error;
  }
}
