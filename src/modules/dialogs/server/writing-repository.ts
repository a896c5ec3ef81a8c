import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs, messages, type StoredAttachment } from "@/db/schema/dialogs";
import { handoffSessions } from "@/db/schema/handoff";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import { excerpt, storable } from "@/lib/text";
import { dialogLimits } from "@/modules/dialogs/limits";

/** A message that the team's side writes by itself: a person's words, a notice of the system, last words of the assistant. */
export type OwnMessage = {
  dialogId: string;
  author: "operator" | "system" | "assistant";
  userId?: string;
  /** A repeat with it finds the first message. */
  clientId: string;
  text: string;
  attachment?: StoredAttachment;
};

const stored = {
  id: messages.id,
  seq: messages.seq,
  author: messages.author,
  userId: messages.userId,
  createdAt: messages.createdAt,
  delivery: messages.delivery,
};

export async function findByClientId(db: Db, workspaceId: WorkspaceId, dialogId: string, clientId: string) {
  const [row] = await db
    .select(stored)
    .from(messages)
    .where(
      and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), eq(messages.clientId, clientId)),
    );
  return row;
}

/** Appends under the dialog's next number; the dialog's row stays locked until the commit. A person's words also end its unread mark. */
export async function appendOwnMessage(db: Db, workspaceId: WorkspaceId, message: OwnMessage, now: Date) {
  const text = storable(message.text);
  const isWord = message.author === "operator";
  const [dialog] = await db
    .update(dialogs)
    .set({
      messageSeq: sql`${dialogs.messageSeq} + 1`,
      updatedAt: now,
      ...(isWord && { lastMessage: excerpt(text, dialogLimits.previewChars), lastMessageAt: now, unreadCount: 0 }),
    })
    .where(and(eq(dialogs.id, message.dialogId), eq(dialogs.workspaceId, workspaceId)))
    .returning({ seq: dialogs.messageSeq, channel: dialogs.channel });
  if (!dialog) return undefined;
  const isChannel = dialog.channel === "telegram";
  const [row] = await db
    .insert(messages)
    .values({
      ...message,
      text,
      id: newId(),
      workspaceId,
      seq: dialog.seq,
      delivery: isChannel ? "queued" : null,
      createdAt: now,
    })
    .returning(stored);
  if (isWord) await markFirstReply(db, workspaceId, message, now);
  return row && { ...row, isChannel };
}

/** The visitor's wait for a person ends with that person's first words, not with the press of a button. */
async function markFirstReply(db: Db, workspaceId: WorkspaceId, { dialogId, userId }: OwnMessage, now: Date) {
  await db
    .update(handoffSessions)
    .set({ firstReplyAt: now, firstReplyBy: userId ?? null })
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.dialogId, dialogId),
        isNull(handoffSessions.endedAt),
        isNull(handoffSessions.firstReplyAt),
      ),
    );
}
