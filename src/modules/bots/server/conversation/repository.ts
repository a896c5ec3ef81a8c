import { and, eq, isNull, like, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Author, DeliveryState } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { dialogs, messages } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt, storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";

export type Visitor = {
  assistantId: string;
  botId: string;
  visitorKey: string;
  visitorName: string;
  visitorLocale: string | null;
};

/** What the bot says on the assistant's behalf; null once the assistant was removed. */
export async function findVoice(db: Db, workspaceId: WorkspaceId, assistantId: string) {
  const [row] = await db
    .select({
      name: assistants.name,
      language: assistants.language,
      greeting: assistants.greeting,
      starters: assistants.starters,
      isActive: assistants.isActive,
    })
    .from(assistants)
    .where(and(eq(assistants.workspaceId, workspaceId), eq(assistants.id, assistantId), isNull(assistants.deletedAt)));
  return row ?? null;
}

export async function findOpenDialog(
  db: Db,
  workspaceId: WorkspaceId,
  { assistantId, visitorKey }: Pick<Visitor, "assistantId" | "visitorKey">,
) {
  const [row] = await db
    .select({
      id: dialogs.id,
      botId: dialogs.botId,
      visitorName: dialogs.visitorName,
      isReachable: dialogs.isReachable,
    })
    .from(dialogs)
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.assistantId, assistantId),
        eq(dialogs.channel, "telegram"),
        eq(dialogs.visitorKey, visitorKey),
        eq(dialogs.status, "open"),
      ),
    );
  return row ?? null;
}

/** Null when a twin opened the dialog first. */
export async function insertDialog(
  db: Db,
  workspaceId: WorkspaceId,
  visitor: Visitor & { source: string | null },
): Promise<string | null> {
  const [row] = await db
    .insert(dialogs)
    .values({ ...visitor, workspaceId, channel: "telegram" })
    .onConflictDoNothing()
    .returning({ id: dialogs.id });
  return row?.id ?? null;
}

/** Brings what Telegram tells about the visitor up to date. */
export async function refreshVisitor(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  visitor: Pick<Visitor, "botId" | "visitorName">,
): Promise<void> {
  await db
    .update(dialogs)
    .set({ ...visitor, isReachable: true })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

export async function setSource(db: Db, workspaceId: WorkspaceId, dialogId: string, source: string): Promise<void> {
  await db
    .update(dialogs)
    .set({ source })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

export async function markReachable(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  isReachable: boolean,
): Promise<void> {
  await db
    .update(dialogs)
    .set({ isReachable })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

/** The open dialogs of a chat whose reachability differs, now set to it. */
export async function markChatReachable(
  db: Db,
  workspaceId: WorkspaceId,
  chat: { botTelegramId: number; chatId: number; isReachable: boolean },
): Promise<string[]> {
  const rows = await db
    .update(dialogs)
    .set({ isReachable: chat.isReachable })
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.channel, "telegram"),
        eq(dialogs.status, "open"),
        like(dialogs.visitorKey, `tg:${chat.botTelegramId}:${chat.chatId}:%`),
        ne(dialogs.isReachable, chat.isReachable),
      ),
    )
    .returning({ id: dialogs.id });
  return rows.map(({ id }) => id);
}

export async function findMessageByClientId(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  clientId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), eq(messages.clientId, clientId)),
    );
  return row?.id ?? null;
}

/** The dialog and text of a message that came with an update of this bot. */
export async function findMessageOfUpdate(db: Db, workspaceId: WorkspaceId, botId: string, clientId: string) {
  const [row] = await db
    .select({ id: messages.id, dialogId: messages.dialogId, text: messages.text })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(dialogs.botId, botId),
        eq(messages.clientId, clientId),
        eq(messages.author, "visitor"),
      ),
    );
  return row ?? null;
}

export async function updateText(db: Db, workspaceId: WorkspaceId, messageId: string, text: string): Promise<void> {
  await db
    .update(messages)
    .set({ text: storable(text) })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)));
}

export type NewMessage = {
  dialogId: string;
  author: Exclude<Author, "visitor">;
  clientId: string;
  text: string;
  delivery?: DeliveryState;
};

/** Takes the dialog's next number and writes the message under it; the dialog's row is locked from here to the commit. */
export async function appendMessage(db: Db, workspaceId: WorkspaceId, message: NewMessage, now: Date): Promise<string> {
  const [dialog] = await db
    .update(dialogs)
    .set({
      messageSeq: sql`${dialogs.messageSeq} + 1`,
      lastMessage: excerpt(message.text, dialogLimits.previewChars),
      lastMessageAt: now,
    })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, message.dialogId)))
    .returning({ seq: dialogs.messageSeq });
  if (!dialog) throw new Error("The dialog of the message is gone.");
  const [row] = await db
    .insert(messages)
    .values({ ...message, workspaceId, seq: dialog.seq, createdAt: now })
    .returning({ id: messages.id });
  if (!row) throw new Error("The insert returned no row.");
  return row.id;
}

/** Holds a dialog until the transaction ends, so that a repeat of the same update waits and finds the message. */
export async function lockDialog(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<void> {
  await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)))
    .for("no key update");
}
