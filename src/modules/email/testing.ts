import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { emails } from "@/db/schema/platform";

/** The letters written to an address, oldest first. */
export async function lettersTo(db: Db, address: string) {
  return db
    .select({ id: emails.id, kind: emails.kind, payload: emails.payload, status: emails.status, locale: emails.locale })
    .from(emails)
    .where(eq(emails.toAddress, address))
    .orderBy(asc(emails.id));
}

/** One value of the newest letter of a kind to an address: the code somebody types, the link somebody opens. */
export async function newestLetterValue(db: Db, address: string, kind: string, name: string): Promise<string> {
  const letter = (await lettersTo(db, address)).findLast((candidate) => candidate.kind === kind);
  const value = letter?.payload[name];
  if (value === undefined) throw new Error(`No ${kind} letter with ${name} was written to ${address}.`);
  return value;
}
