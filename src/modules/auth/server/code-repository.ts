import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { authCodes, users } from "@/db/schema/users";
import type { UserId } from "@/lib/brand";

export type CodePurpose = "confirm-email" | "reset-password";

export type NewCode = { userId: UserId; purpose: CodePurpose; secretHash: string; expiresAt: Date };

export async function insertCode(db: Db, code: NewCode): Promise<string> {
  const [row] = await db.insert(authCodes).values(code).returning({ id: authCodes.id });
  if (!row) throw new Error("A code was not stored.");
  return row.id;
}

export async function deleteCodes(db: Db, userId: UserId, purpose?: CodePurpose): Promise<void> {
  await db
    .delete(authCodes)
    .where(and(eq(authCodes.userId, userId), purpose ? eq(authCodes.purpose, purpose) : undefined));
}

/** Spends one attempt on the live code of a person; null when there is none or its attempts are used up. */
export async function spendAttempt(db: Db, userId: UserId, maxAttempts: number, now: Date) {
  const [row] = await db
    .update(authCodes)
    .set({ attempts: sql`${authCodes.attempts} + 1` })
    .where(
      and(
        eq(authCodes.userId, userId),
        eq(authCodes.purpose, "confirm-email"),
        gt(authCodes.expiresAt, now),
        lt(authCodes.attempts, maxAttempts),
      ),
    )
    .returning({ id: authCodes.id, secretHash: authCodes.secretHash });
  return row ?? null;
}

/** Erases a code that was used; false when a twin used it a moment earlier. */
export async function claimCode(db: Db, id: string): Promise<boolean> {
  const rows = await db.delete(authCodes).where(eq(authCodes.id, id)).returning({ id: authCodes.id });
  return rows.length > 0;
}

/** The live reset link with that hash, of an account that may sign in. */
export async function findResetCode(db: Db, secretHash: string, now: Date) {
  const [row] = await db
    .select({ id: authCodes.id, userId: authCodes.userId })
    .from(authCodes)
    .innerJoin(users, eq(users.id, authCodes.userId))
    .where(
      and(
        eq(authCodes.secretHash, secretHash),
        eq(authCodes.purpose, "reset-password"),
        gt(authCodes.expiresAt, now),
        eq(users.status, "active"),
      ),
    );
  // Who holds the secret of the link stands for the account it was mailed to.
  return row ? { ...row, userId: row.userId as UserId } : null;
}
