import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { telegramBusinessConnections } from "@/db/schema/bots";
import type { WorkspaceId } from "@/lib/brand";

export type BusinessConnection = { connectionId: string; ownerId: number; isEnabled: boolean; canReply: boolean };

/** Writes what Telegram told last about a connection. */
export async function rememberConnection(
  db: Db,
  workspaceId: WorkspaceId,
  botId: string,
  connection: BusinessConnection,
): Promise<void> {
  const { isEnabled, canReply, ownerId } = connection;
  await db
    .insert(telegramBusinessConnections)
    .values({ ...connection, workspaceId, botId })
    .onConflictDoUpdate({
      target: [telegramBusinessConnections.botId, telegramBusinessConnections.connectionId],
      set: { isEnabled, canReply, ownerId, updatedAt: new Date() },
    });
}

export async function findConnection(
  db: Db,
  workspaceId: WorkspaceId,
  botId: string,
  connectionId: string,
): Promise<BusinessConnection | null> {
  const [row] = await db
    .select({
      connectionId: telegramBusinessConnections.connectionId,
      ownerId: telegramBusinessConnections.ownerId,
      isEnabled: telegramBusinessConnections.isEnabled,
      canReply: telegramBusinessConnections.canReply,
    })
    .from(telegramBusinessConnections)
    .where(
      and(
        eq(telegramBusinessConnections.workspaceId, workspaceId),
        eq(telegramBusinessConnections.botId, botId),
        eq(telegramBusinessConnections.connectionId, connectionId),
      ),
    );
  return row ?? null;
}
