import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import type { WorkspaceId } from "@/lib/brand";
import { isConnected, type NewBot, publicColumns } from "./repository";

/** Who holds this Telegram bot, anywhere on the platform, with the name of the assistant it speaks for. */
export async function findHolder(db: Db, telegramId: number) {
  const [row] = await db
    .select({
      id: bots.id,
      workspaceId: bots.workspaceId,
      assistantId: bots.assistantId,
      isConnected: sql<boolean>`(${bots.isActive} or ${bots.pausedAt} is not null)`,
      pausedAt: bots.pausedAt,
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
