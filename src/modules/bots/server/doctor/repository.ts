import { and, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bots, type StoredCheck } from "@/db/schema/bots";
import type { WorkspaceId } from "@/lib/brand";
import { type BotRow, selectSealed } from "@/modules/bots/server/repository";

/** Working bots that nobody looked at since an instant, longest unseen first. A revoked token does not come back. */
export async function listDue(db: Db, before: Date, limit: number): Promise<BotRow[]> {
  const due = and(
    eq(bots.isActive, true),
    ne(bots.status, "invalid_token"),
    or(isNull(bots.checkedAt), lt(bots.checkedAt, before)),
  );
  return selectSealed(db, due, { orderBy: sql`${bots.checkedAt} asc nulls first`, limit });
}

export async function saveExamination(
  db: Db,
  workspaceId: WorkspaceId,
  botId: string,
  found: { checks: StoredCheck[]; pendingCount: number | null; checkedAt: Date },
): Promise<void> {
  await db
    .update(bots)
    .set(found)
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, botId)));
}
