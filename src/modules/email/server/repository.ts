import { and, desc, eq, ilike, inArray, lt, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { emails } from "@/db/schema/platform";
import type { WorkspaceId } from "@/lib/brand";
import type { Locale } from "@/lib/locales";
import type { EmailListInput } from "../contract";
import type { EmailStatus } from "../limits";

// No payload here: it holds codes and links, and is read only to be drawn or sent.
const summaryColumns = {
  id: emails.id,
  kind: emails.kind,
  to: emails.toAddress,
  locale: emails.locale,
  status: emails.status,
  attempts: emails.attempts,
  error: emails.error,
  createdAt: emails.createdAt,
  sentAt: emails.sentAt,
};

const letterColumns = { ...summaryColumns, payload: emails.payload };

export type NewEmail = {
  kind: string;
  toAddress: string;
  locale: Locale;
  workspaceId: WorkspaceId | null;
  payload: Record<string, string>;
  dedupeKey: string;
  status: "queued" | "kept";
};

/** Adds a letter; null when one with the same dedupe key is there. */
export async function insertEmail(db: Db, email: NewEmail): Promise<string | null> {
  const [row] = await db
    .insert(emails)
    .values(email)
    .onConflictDoNothing({ target: emails.dedupeKey })
    .returning({ id: emails.id });
  return row?.id ?? null;
}

export async function findEmail(db: Db, id: string) {
  const [row] = await db.select(letterColumns).from(emails).where(eq(emails.id, id));
  return row ?? null;
}

export async function listEmails(db: Db, input: EmailListInput) {
  const filters: (SQL | undefined)[] = [
    input.status && eq(emails.status, input.status),
    input.search ? ilike(emails.toAddress, `%${escapeLike(input.search)}%`) : undefined,
    // Ids are UUIDv7, so their order is the order of writing.
    input.cursor ? lt(emails.id, input.cursor) : undefined,
  ];
  return db
    .select(summaryColumns)
    .from(emails)
    .where(and(...filters))
    .orderBy(desc(emails.id))
    .limit(input.limit + 1);
}

/** Moves a letter to another state; false when it has left the expected ones meanwhile. */
export async function moveEmail(
  db: Db,
  id: string,
  from: EmailStatus[],
  change: { status: EmailStatus; attempts?: number; sentAt?: Date; externalId?: string; error?: string | null },
): Promise<boolean> {
  const rows = await db
    .update(emails)
    .set(change)
    .where(and(eq(emails.id, id), inArray(emails.status, from)))
    .returning({ id: emails.id });
  return rows.length > 0;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
