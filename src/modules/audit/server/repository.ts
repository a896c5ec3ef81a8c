import type { Db } from "@/db/client";
import { auditLog } from "@/db/schema/platform";

export async function insertAuditRow(db: Db, row: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(row);
}
