import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bots } from "@/db/schema/bots";
import { dialogs, messages } from "@/db/schema/dialogs";
import { workspaceMembers } from "@/db/schema/workspaces";

/**
 * What a message carries and the bot that it came to, for a person who is a member of its workspace; undefined for anybody
 * else. The bot is null once it is gone, and with it the token that opens what visitors sent.
 */
export async function findAttachment(db: Db, userId: string, messageId: string) {
  const [row] = await db
    .select({
      workspaceId: messages.workspaceId,
      attachment: messages.attachment,
      bot: { id: bots.id, tokenSealed: bots.tokenSealed },
    })
    .from(messages)
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, messages.workspaceId), eq(workspaceMembers.userId, userId)),
    )
    .innerJoin(dialogs, and(eq(dialogs.id, messages.dialogId), eq(dialogs.workspaceId, messages.workspaceId)))
    .leftJoin(bots, and(eq(bots.id, dialogs.botId), eq(bots.workspaceId, messages.workspaceId)))
    .where(eq(messages.id, messageId));
  return row;
}
