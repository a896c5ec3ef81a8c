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

// Enough to notice a trouble that lasts, few enough for a look at every bot each minute.
const NEWEST_UPDATES = 50;

/** What could not be processed of a bot's newest updates. */
export async function findUnread(
  db: Db,
  workspaceId: WorkspaceId,
  botId: string,
): Promise<{ count: number; lastReason: string }> {
  const [row] = await db.execute<{ count: number; lastReason: string }>(sql`
    select count(*)::int as count, coalesce((array_agg(error order by update_id desc))[1], '') as "lastReason"
    from (
      select update_id, state, error from telegram_updates
      where bot_id = ${botId}::uuid and workspace_id = ${workspaceId}::uuid order by update_id desc limit ${NEWEST_UPDATES}::int) newest
    where state = 'failed'`);
  return row ?? { count: 0, lastReason: "" };
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
