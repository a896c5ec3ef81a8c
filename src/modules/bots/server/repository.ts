import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { type Db, hotDb } from "@/db/client";
import type { BotStatus } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { bots, telegramUpdates } from "@/db/schema/bots";
import { users } from "@/db/schema/users";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { BotCheck, BotFault } from "@/modules/bots/doctor/contract";

const TOUCH_EVERY = sql`interval '5 seconds'`;

/** What members may see of a bot. */
const publicColumns = {
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
const isConnected = or(eq(bots.isActive, true), isNotNull(bots.pausedAt));

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

/** Who holds this Telegram bot, anywhere on the platform, with the name of the assistant it speaks for. */
export async function findHolder(db: Db, telegramId: number) {
  const [row] = await db
    .select({
      id: bots.id,
      workspaceId: bots.workspaceId,
      assistantId: bots.assistantId,
      isConnected: sql<boolean>`(${bots.isActive} or ${bots.pausedAt} is not null)`,
      assistantName: assistants.name,
    })
    .from(bots)
    .innerJoin(assistants, eq(assistants.id, bots.assistantId))
    .where(eq(bots.telegramId, telegramId));
  return row ?? null;
}

/** Null when another request connected the same bot first. */
export async function insertBot(db: Db, workspaceId: WorkspaceId, row: NewBot) {
  const [created] = await db
    .insert(bots)
    .values({ ...row, workspaceId })
    .onConflictDoNothing()
    .returning(publicColumns);
  return created ?? null;
}

export async function updateToken(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  fields: Omit<NewBot, "id" | "assistantId" | "telegramId">,
) {
  const [row] = await db
    .update(bots)
    .set({ ...fields, status: "starting", lastError: null, isActive: true, pausedAt: null, registeredAt: null })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id)))
    .returning(publicColumns);
  return row ?? null;
}

/** Silences a bot for good: nothing is recorded or sent for it from the commit on. */
export async function deactivateBot(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const rows = await db
    .update(bots)
    .set({ isActive: false, pausedAt: null, status: "offline" })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isConnected))
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** Silences a bot until it is resumed. False when it does not work now. */
export async function pauseBot(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(bots)
    .set({ isActive: false, pausedAt: now, status: "offline", lastError: null })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), eq(bots.isActive, true)))
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** False when the bot is not paused. */
export async function resumeBot(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const rows = await db
    .update(bots)
    .set({ isActive: true, pausedAt: null, status: "starting", registeredAt: null })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isNotNull(bots.pausedAt)))
    .returning({ id: bots.id });
  return rows.length > 0;
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

export async function markRegistered(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<void> {
  await db
    .update(bots)
    .set({ registeredAt: now })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id)));
}

/** Silences the bots of removed assistants and returns them. */
export async function silenceOrphans(db: Db): Promise<string[]> {
  const removed = db.select({ id: assistants.id }).from(assistants).where(isNotNull(assistants.deletedAt));
  const rows = await db
    .update(bots)
    .set({ isActive: false, pausedAt: null, status: "offline" })
    .where(and(isConnected, inArray(bots.assistantId, removed)))
    .returning({ id: bots.id });
  return rows.map(({ id }) => id);
}

/** Removes a bot that was silenced for good before; an active or paused one stays. */
export async function deleteSilentBot(db: Db, id: string): Promise<void> {
  await db.delete(bots).where(and(eq(bots.id, id), eq(bots.isActive, false), isNull(bots.pausedAt)));
}

/** Writes a state that differs from the stored one; false when it was the same. */
export async function updateStatus(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  status: BotStatus,
  lastError: BotFault | null,
): Promise<boolean> {
  const rows = await db
    .update(bots)
    .set({ status, lastError })
    .where(
      and(
        eq(bots.workspaceId, workspaceId),
        eq(bots.id, id),
        eq(bots.isActive, true),
        or(ne(bots.status, status), sql`${bots.lastError} is distinct from ${lastError}`),
      ),
    )
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** Remembers that an update came, at most every five seconds, so a busy bot does not rewrite its row all the time. */
export async function touchBot(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const isStale = or(
    isNull(bots.lastUpdateAt),
    lt(bots.lastUpdateAt, sql`${now.toISOString()}::timestamptz - ${TOUCH_EVERY}`),
  );
  const rows = await db
    .update(bots)
    .set({ lastUpdateAt: now })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isStale))
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** Everybody who has to know when this bot stops working. */
export async function listOwners(db: Db, workspaceId: WorkspaceId, botId: string) {
  return db
    .select({
      userId: users.id,
      email: users.email,
      locale: users.locale,
      workspaceSlug: workspaces.slug,
      assistantId: assistants.id,
      assistantName: assistants.name,
      botName: bots.username,
      tokenLast4: bots.tokenLast4,
    })
    .from(bots)
    .innerJoin(assistants, eq(assistants.id, bots.assistantId))
    .innerJoin(workspaces, eq(workspaces.id, bots.workspaceId))
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, bots.workspaceId), eq(workspaceMembers.role, "owner")),
    )
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, botId)));
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
