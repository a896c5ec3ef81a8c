import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { UserRole } from "@/db/enums";
import { users } from "@/db/schema/users";
import type { UserId } from "@/lib/brand";
import type { Locale } from "@/lib/locales";
import type { UpdateProfileInput } from "../contract";

const profileColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  locale: users.locale,
  createdAt: users.createdAt,
};

/** What sign-in has to know; never leaves the server. */
const accountColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  status: users.status,
  locale: users.locale,
  passwordHash: users.passwordHash,
  confirmedAt: users.confirmedAt,
};

export type NewAccount = {
  email: string;
  name: string;
  locale: Locale;
  passwordHash: string | null;
  confirmedAt: Date | null;
  role?: UserRole;
};

export type Account = Awaited<ReturnType<typeof findAccountByEmail>> & {};

export async function findProfile(db: Db, userId: UserId) {
  const [row] = await db.select(profileColumns).from(users).where(eq(users.id, userId));
  return row ?? null;
}

export async function updateProfile(db: Db, userId: UserId, fields: UpdateProfileInput) {
  const [row] = await db.update(users).set(fields).where(eq(users.id, userId)).returning(profileColumns);
  return row ?? null;
}

export async function findAccountByEmail(db: Db, email: string) {
  const [row] = await db.select(accountColumns).from(users).where(eq(users.email, email));
  return row ? withUserId(row) : null;
}

export async function findAccountById(db: Db, userId: string) {
  const [row] = await db.select(accountColumns).from(users).where(eq(users.id, userId));
  return row ? withUserId(row) : null;
}

export async function lockAccount(db: Db, userId: UserId) {
  const [row] = await db.select(accountColumns).from(users).where(eq(users.id, userId)).for("no key update");
  return row ? withUserId(row) : null;
}

export async function insertAccount(db: Db, account: NewAccount) {
  const [row] = await db.insert(users).values(account).onConflictDoNothing().returning(accountColumns);
  return row ? withUserId(row) : null;
}

export type AccountChange = Partial<{
  name: string;
  locale: Locale;
  role: UserRole;
  passwordHash: string | null;
  confirmedAt: Date;
}>;

export async function updateAccount(db: Db, userId: UserId, change: AccountChange): Promise<void> {
  await db.update(users).set(change).where(eq(users.id, userId));
}

// A row of `users` is where a UserId comes from.
function withUserId<T extends { id: string }>(row: T): Omit<T, "id"> & { id: UserId } {
  return { ...row, id: row.id as UserId };
}

/** Takes everything personal out of an account and closes it; the row stays for what refers to it. */
export async function anonymiseAccount(db: Db, userId: UserId): Promise<void> {
  await db
    .update(users)
    .set({ email: `${userId}@deleted.invalid`, name: "", passwordHash: null, status: "deleted", role: "user" })
    .where(eq(users.id, userId));
}
