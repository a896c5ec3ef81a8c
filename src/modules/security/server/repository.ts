import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { securityEvents } from "@/db/schema/platform";

/** Makes attempts on one account or address take turns until the transaction ends. */
export async function takeTurn(db: Db, subject: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 4201340))`);
}

export type Subject = { emailHash: string } | { address: string };

/** The newest failed attempts of a subject since an instant; for an account only those after its last success. */
export async function listFailures(db: Db, subject: Subject, since: Date, limit: number): Promise<Date[]> {
  const isSubject =
    "emailHash" in subject
      ? eq(securityEvents.emailHash, subject.emailHash)
      : eq(securityEvents.address, subject.address);
  const isAfterSuccess =
    "emailHash" in subject
      ? sql`${securityEvents.at} > coalesce((
          select max(s.at) from security_events s where s.kind = 'sign-in.succeeded' and s.email_hash = ${subject.emailHash}
        ), '-infinity')`
      : undefined;
  const rows = await db
    .select({ at: securityEvents.at })
    .from(securityEvents)
    .where(and(eq(securityEvents.kind, "sign-in.failed"), isSubject, gt(securityEvents.at, since), isAfterSuccess))
    .orderBy(desc(securityEvents.at))
    .limit(limit);
  return rows.map((row) => row.at);
}

export async function insertSecurityEvent(db: Db, event: typeof securityEvents.$inferInsert): Promise<string> {
  const [row] = await db.insert(securityEvents).values(event).returning({ id: securityEvents.id });
  if (!row) throw new Error("A security event was not stored.");
  return row.id;
}

export async function updateSecurityEvent(
  db: Db,
  id: string,
  change: { kind?: string; at?: Date; userId?: string; detail?: Record<string, unknown> },
): Promise<void> {
  await db.update(securityEvents).set(change).where(eq(securityEvents.id, id));
}
