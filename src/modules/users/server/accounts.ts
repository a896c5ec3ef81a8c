import type { UserId } from "@/lib/brand";
import type { Ctx } from "@/server/context";
import * as repository from "./repository";
import type { Account, AccountChange, NewAccount } from "./repository";

export type { Account, NewAccount };

/** The account of an address, with what sign-in has to know; its fields stay on the server. */
export function findAccountByEmail(ctx: Ctx, email: string): Promise<Account | null> {
  return repository.findAccountByEmail(ctx.db, email);
}

export function findAccountById(ctx: Ctx, userId: string): Promise<Account | null> {
  return repository.findAccountById(ctx.db, userId);
}

/** Reads an account and holds its row: a change of password or status waits until the transaction ends, or is seen. */
export function lockAccount(ctx: Ctx, userId: UserId): Promise<Account | null> {
  return repository.lockAccount(ctx.db, userId);
}

/** Adds an account; null when the address is taken, also by a twin that came a moment earlier. */
export function addAccount(ctx: Ctx, account: NewAccount): Promise<Account | null> {
  return repository.insertAccount(ctx.db, account);
}

/** Changes what sign-in knows of an account. The caller proves the right to, and writes the audit row. */
export function changeAccount(ctx: Ctx, userId: UserId, change: AccountChange): Promise<void> {
  return repository.updateAccount(ctx.db, userId, change);
}

/** Closes an account for good and makes it nobody's: address, name and password go, the id stays. In the caller's transaction. */
export function anonymiseAccount(ctx: Ctx, userId: UserId): Promise<void> {
  return repository.anonymiseAccount(ctx.db, userId);
}
