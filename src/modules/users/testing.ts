import type { Db } from "@/db/client";
import { newId } from "@/lib/ids";
import type { Person } from "@/server/context";
import { makeCtx } from "@/server/testing";
import { insertAccount, type Account, type NewAccount } from "./server/repository";

/** A confirmed person with a random address; tests and seeds name only what matters to them. */
export async function givenUser(db: Db, overrides: Partial<NewAccount> = {}): Promise<Account> {
  const account = await insertAccount(db, {
    email: `person-${newId()}@example.com`,
    name: "Anna",
    locale: "en",
    passwordHash: null,
    confirmedAt: new Date(),
    role: "user",
    ...overrides,
  });
  if (!account) throw new Error("The address given to the builder is taken.");
  return account;
}

/** The actor of a signed-in person. */
export function personOf(user: Pick<Account, "id" | "role">, sessionId: string = newId()): Person {
  return { kind: "user", userId: user.id, role: user.role, sessionId };
}

/** A context as a signed-in person without a chosen workspace. */
export function personCtx(db: Db, user: Pick<Account, "id" | "role">) {
  return makeCtx(db, personOf(user));
}
