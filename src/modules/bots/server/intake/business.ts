import { externalIdOf } from "@/modules/bots/rules";
import { removeVisitorMessage, storeAutomatic, storeOwnerMessage } from "@/modules/bots/server/conversation/service";
import { clientIdOf } from "@/modules/bots/rules";
import type { TelegramBusinessConnection, TelegramMessage } from "@/modules/bots/updates/contract";
import { mayReply, readBusinessMessage } from "@/modules/bots/updates/rules";
import { limitOf } from "@/modules/system/server/settings";
import { type BusinessConnection, findConnection, rememberConnection } from "./business-repository";
import { readConnection } from "./gateway";
import { answerAgain, takeEdit, takeMessage } from "./messages";
import type { Visit } from "./visit";

/** An account let the bot in, changed what it may, or took it away. */
export async function takeConnection({ ctx, bot }: Visit, connection: TelegramBusinessConnection): Promise<void> {
  await rememberConnection(ctx.db, ctx.workspaceId, bot.id, {
    connectionId: connection.id,
    ownerId: connection.user.id,
    isEnabled: connection.is_enabled,
    canReply: mayReply(connection),
  });
}

/** A message in a private chat of an account. Returns why it is ignored, or null when it was taken. */
export async function takeBusinessMessage(
  visit: Visit,
  incoming: { connectionId: string; message: TelegramMessage; isEdit: boolean },
): Promise<string | null> {
  const { ctx, bot, updateId } = visit;
  const connection = await requireConnection(visit, incoming.connectionId);
  if (!connection?.isEnabled || !connection.canReply) return "connection-off";
  const business = { connectionId: connection.connectionId, ownerId: connection.ownerId };
  const read = readBusinessMessage(incoming.message, bot, { business, isEdit: incoming.isEdit });
  switch (read.kind) {
    case "message":
      await takeMessage(visit, read.sender, read.content);
      return null;
    case "edit":
      await takeEdit(visit, read.sender, read.content);
      return null;
    case "owner-message": {
      const message = { sender: read.sender, content: read.content, clientId: clientIdOf(updateId) };
      if (incoming.message.is_from_offline) {
        await storeAutomatic(ctx, bot, message);
        return null;
      }
      const minutes = await limitOf(ctx.db, "businessPauseMinutes");
      await storeOwnerMessage(ctx, bot, message, new Date(ctx.now().getTime() + minutes * 60_000));
      return null;
    }
    default:
      return read.kind === "ignored" ? read.reason : "no-content";
  }
}

/** Messages that were deleted in such a chat. */
export async function takeRemoval(
  visit: Visit,
  removal: { connectionId: string; chatId: number; messageIds: number[] },
): Promise<string | null> {
  const connection = await requireConnection(visit, removal.connectionId);
  if (!connection) return "no-connection";
  const { chatId } = removal;
  for (const messageId of removal.messageIds) {
    const externalId = externalIdOf(visit.bot, { chatId, messageId, ownerId: connection.ownerId });
    await answerAgain(visit, await removeVisitorMessage(visit.ctx, externalId));
  }
  return null;
}

/** Lanes differ, so a message may come before the news of its connection: then Telegram is asked. */
async function requireConnection(visit: Visit, connectionId: string): Promise<BusinessConnection | null> {
  const { ctx, bot } = visit;
  const known = await findConnection(ctx.db, ctx.workspaceId, bot.id, connectionId);
  if (known) return known;
  const asked = await readConnection(bot, connectionId);
  if (!asked.ok && asked.fault.reason !== "refused") throw new Error("Telegram did not tell about the connection.");
  if (!asked.ok || !asked.value) return null;
  await takeConnection(visit, asked.value);
  return findConnection(ctx.db, ctx.workspaceId, bot.id, connectionId);
}
