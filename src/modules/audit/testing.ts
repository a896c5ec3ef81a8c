import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { auditLog } from "@/db/schema/platform";

/** The operations recorded on a target, oldest first. */
export async function auditedOperations(db: Db, targetId: string): Promise<string[]> {
  const rows = await db
    .select({ operation: auditLog.operation })
    .from(auditLog)
    .where(eq(auditLog.targetId, targetId))
    .orderBy(asc(auditLog.at), asc(auditLog.id));
  return rows.map((row) => row.operation);
}
