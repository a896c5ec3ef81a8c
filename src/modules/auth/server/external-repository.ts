import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { externalAccounts } from "@/db/schema/users";
import type { UserId } from "@/lib/brand";
import type { ExternalProvider } from "../contract";

export type ExternalKey = { provider: ExternalProvider; providerAccountId: string };

export async function findLinkedUserId(db: Db, { provider, providerAccountId }: ExternalKey): Promise<string | null> {
  const [row] = await db
    .select({ userId: externalAccounts.userId })
    .from(externalAccounts)
    .where(and(eq(externalAccounts.provider, provider), eq(externalAccounts.providerAccountId, providerAccountId)));
  return row?.userId ?? null;
}

/** Links an outside account; a twin that linked it a moment earlier wins. */
export async function insertLink(db: Db, userId: UserId, key: ExternalKey): Promise<void> {
  await db
    .insert(externalAccounts)
    .values({ userId, ...key })
    .onConflictDoNothing();
}

/** Forgets every outside account of a person. */
export async function deleteLinks(db: Db, userId: UserId): Promise<void> {
  await db.delete(externalAccounts).where(eq(externalAccounts.userId, userId));
}
