import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Db, hotDb } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { bots, telegramUpdates } from "@/db/schema/bots";
import type { WorkspaceId } from "@/lib/brand";
import type { BotCheck, BotFault } from "@/modules/bots/doctor/contract";

/** What members may see of a bot. */
export const publicColumns = {
  id: bots.id,
  assistantId: bots.assistantId,
  username: bots.username,
  name: bots.name,
  tokenLast4: bots.tokenLast4,
  status: bots.status,
  lastError: sql<BotFault | null>`${bots.lastError}`,
  lastUpdateAt: bots.lastUpdateAt,
  isPaused: sql<boolean>`${bots.pausedAt} is not null`,
  pendingUpdates: bots.pendingCount,
  checks: sql<BotCheck[]>`${bots.checks}`,
  checkedAt: bots.checkedAt,
  createdAt: bots.createdAt,
};

// A bot that is neither is silent already and waits for its removal.
export const isConnected = or(eq(bots.isActive, true), isNotNull(bots.pausedAt));

/** What the server needs to call Telegram for a bot. */
const sealedColumns = {
  id: bots.id,
  workspaceId: bots.workspaceId,
  assistantId: bots.assistantId,
  telegramId: bots.telegramId,
  username: bots.username,
  name: bots.name,
  tokenSealed: bots.tokenSealed,
  webhookPath: bots.webhookPath,
  webhookSecretSealed: bots.webhookSecretSealed,
  status: bots.status,
  isActive: bots.isActive,
  pausedAt: bots.pausedAt,
  lastUpdateAt: bots.lastUpdateAt,
  registeredAt: bots.registeredAt,
  pendingCount: bots.pendingCount,
  checks: bots.checks,
};

export type BotRow = Awaited<ReturnType<typeof selectSealed>>[number];
export type NewBot = Pick<
  typeof bots.$inferInsert,
  | "assistantId"
  | "telegramId"
  | "username"
  | "name"
  | "tokenSealed"
  | "tokenLast4"
  | "webhookPath"
  | "webhookSecretSealed"
> & { id: string };

export async function listBots(db: Db, workspaceId: WorkspaceId, assistantId?: string) {
  return db
    .select(publicColumns)
    .from(bots)
    .where(
      and(eq(bots.workspaceId, workspaceId), isConnected, assistantId ? eq(bots.assistantId, assistantId) : undefined),
    )
    .orderBy(asc(bots.createdAt), asc(bots.id));
}

export async function findBot(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db
    .select(publicColumns)
    .from(bots)
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isConnected));
  return row ?? null;
}

export async function findSealedBot(db: Db, workspaceId: WorkspaceId, id: string): Promise<BotRow | null> {
  const [row] = await selectSealed(db, and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isConnected));
  return row ?? null;
}

/** A bot of any workspace and state; for jobs, whose payload was written by the owner's own transaction. */
export async function findBotOfJob(db: Db, id: string): Promise<BotRow | null> {
  const [row] = await selectSealed(db, eq(bots.id, id));
  return row ?? null;
}

/**
 * Everything that processing one update needs, in one prepared round trip: the bot, the update as it came, and what the bot
 * says on its assistant's behalf, which is null once the assistant was removed.
 */
export async function findVisit(db: Db, botId: string, updateId: number) {
  const [row] = await hotDb(db)
    .select({
      bot: sealedColumns,
      update: { payload: telegramUpdates.payload, state: telegramUpdates.state },
      voice: {
        name: assistants.name,
        language: assistants.language,
        greeting: assistants.greeting,
        starters: assistants.starters,
        isActive: assistants.isActive,
      },
    })
    .from(telegramUpdates)
    .innerJoin(bots, eq(bots.id, telegramUpdates.botId))
    .leftJoin(
      assistants,
      and(
        eq(assistants.id, bots.assistantId),
        eq(assistants.workspaceId, bots.workspaceId),
        isNull(assistants.deletedAt),
      ),
    )
    .where(and(eq(telegramUpdates.botId, botId), eq(telegramUpdates.updateId, updateId)))
    .prepare("hot")
    .execute();
  return row && { ...row, bot: tenantRow(row.bot) };
}

export async function listActiveBots(db: Db): Promise<BotRow[]> {
  return selectSealed(db, eq(bots.isActive, true));
}

/** Updates that were recorded and not processed, oldest first. */
export async function listRecorded(db: Db, workspaceId: WorkspaceId, botId: string) {
  return db
    .select({ updateId: telegramUpdates.updateId, payload: telegramUpdates.payload })
    .from(telegramUpdates)
    .where(
      and(
        eq(telegramUpdates.workspaceId, workspaceId),
        eq(telegramUpdates.botId, botId),
        eq(telegramUpdates.state, "recorded"),
      ),
    )
    .orderBy(asc(telegramUpdates.updateId));
}

/** Bots as the server needs them; the newest first unless told otherwise. */
export async function selectSealed(
  db: Db,
  where: SQL | undefined,
  { orderBy = desc(bots.createdAt), limit }: { orderBy?: SQL; limit?: number } = {},
) {
  const rows = db.select(sealedColumns).from(bots).where(where).orderBy(orderBy);
  return (await (limit === undefined ? rows : rows.limit(limit))).map(tenantRow);
}

function tenantRow<T extends { workspaceId: string }>(row: T): Omit<T, "workspaceId"> & { workspaceId: WorkspaceId } {
  // A bot's own row, reached through its secret or through a job of its owner, is where a WorkspaceId comes from.
  return { ...row, workspaceId: row.workspaceId as WorkspaceId };
}
