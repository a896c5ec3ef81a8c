import { and, eq, like, ne, notLike, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs, messages } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

export type Visitor = {
  assistantId: string;
  botId: string;
  visitorKey: string;
  visitorName: string;
  visitorLocale: string | null;
  businessConnectionId: string | null;
};

const isNamedByTeam = sql<boolean>`exists (select from visitor_profiles p where p.workspace_id = ${dialogs.workspaceId}
  and p.channel = ${dialogs.channel} and p.visitor_key = ${dialogs.visitorKey})`;

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
      isNamed: isNamedByTeam,
      isReachable: dialogs.isReachable,
      businessConnectionId: dialogs.businessConnectionId,
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
  now: Date,
): Promise<string | null> {
  // What the team calls a visitor outlives what the channel says.
  const visitorName = sql`coalesce((select p.name from visitor_profiles p where p.workspace_id = ${workspaceId}::uuid
    and p.channel = 'telegram' and p.visitor_key = ${visitor.visitorKey}), ${visitor.visitorName}::text)`;
  const [row] = await db
    .insert(dialogs)
    // A dialog that opens with a call for a person has to be on the list before anybody said a word.
    .values({ ...visitor, visitorName, workspaceId, channel: "telegram", lastMessageAt: now })
    .onConflictDoNothing()
    .returning({ id: dialogs.id });
  return row?.id ?? null;
}

/** Brings what Telegram tells about the visitor up to date. */
export async function refreshVisitor(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  visitor: Pick<Visitor, "botId" | "visitorName" | "businessConnectionId">,
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
        // Who blocks the bot still reads the account that it speaks for.
        notLike(dialogs.visitorKey, "%:b%"),
        ne(dialogs.isReachable, chat.isReachable),
      ),
    )
    .returning({ id: dialogs.id });
  return rows.map(({ id }) => id);
}

/** Keeps a running answer of the dialog from leaving. */
export async function raiseEpoch(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<void> {
  await db
    .update(dialogs)
    .set({ epoch: sql`${dialogs.epoch} + 1` })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

/** The same for every answer that a bot is to carry. One that is just being settled is waited for. */
export async function raiseEpochsOfBot(db: Db, workspaceId: WorkspaceId, botId: string): Promise<void> {
  await db.execute(sql`
    update dialogs d set epoch = d.epoch + 1 from generations g
    where g.workspace_id = ${workspaceId}::uuid and g.state = 'running' and d.id = g.dialog_id and d.bot_id = ${botId}::uuid`);
}

/** Leaves the dialog to a person until then, a running answer included. */
export async function pauseAnswers(db: Db, workspaceId: WorkspaceId, dialogId: string, until: Date): Promise<void> {
  await db
    .update(dialogs)
    .set({ pausedUntil: until, epoch: sql`${dialogs.epoch} + 1` })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

/**
 * The dialogs of a chat, and what the team calls its people, go on in the chat that it became; what is there already stays
 * as it is.
 */
export async function moveChat(
  db: Db,
  workspaceId: WorkspaceId,
  chat: { botTelegramId: number; fromChatId: number; toChatId: number },
): Promise<string[]> {
  const [from, to] = [chat.fromChatId, chat.toChatId].map((id) => `tg:${chat.botTelegramId}:${id}:`);
  const rows = await db.execute<{ id: string }>(sql`
    with named as (
      update visitor_profiles p set visitor_key = ${to}::text || substr(p.visitor_key, length(${from}::text) + 1)
      where p.workspace_id = ${workspaceId}::uuid and p.channel = 'telegram' and starts_with(p.visitor_key, ${from}::text)
        and not exists (select 1 from visitor_profiles there where there.workspace_id = p.workspace_id and there.channel = 'telegram'
          and there.visitor_key = ${to}::text || substr(p.visitor_key, length(${from}::text) + 1))
    )
    update dialogs d set visitor_key = ${to}::text || substr(d.visitor_key, length(${from}::text) + 1)
    where d.workspace_id = ${workspaceId}::uuid and d.channel = 'telegram' and starts_with(d.visitor_key, ${from}::text)
      and not exists (select 1 from dialogs there where there.assistant_id = d.assistant_id and there.channel = 'telegram' and there.status = 'open'
        and there.visitor_key = ${to}::text || substr(d.visitor_key, length(${from}::text) + 1) and d.status = 'open')
    returning d.id`);
  return rows.map(({ id }) => id);
}

/** The open dialog of a private chat, or of one topic of it. */
export async function findOpenDialogInChat(
  db: Db,
  workspaceId: WorkspaceId,
  botId: string,
  chat: { botTelegramId: number; chatId: number; threadId: number | null },
): Promise<string | null> {
  // In a private chat the chat has the person's own number.
  const key = ["tg", chat.botTelegramId, chat.chatId, chat.chatId, ...(chat.threadId === null ? [] : [chat.threadId])];
  const [row] = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.botId, botId),
        eq(dialogs.visitorKey, key.join(":")),
        eq(dialogs.status, "open"),
      ),
    );
  return row?.id ?? null;
}

const pressedColumns = {
  id: dialogs.id,
  visitorKey: dialogs.visitorKey,
  visitorLocale: dialogs.visitorLocale,
  status: dialogs.status,
  handoffStatus: dialogs.handoffStatus,
  businessConnectionId: dialogs.businessConnectionId,
};

/** The dialog of the bot in which that message of the visitor was answered, and the answer. */
export async function findAnswerOfBot(db: Db, workspaceId: WorkspaceId, botId: string, questionId: string) {
  const [row] = await db
    .select({ ...pressedColumns, answerId: messages.id })
    .from(messages)
    .innerJoin(dialogs, eq(dialogs.id, messages.dialogId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.replyToId, questionId),
        eq(messages.author, "assistant"),
        eq(dialogs.botId, botId),
        eq(dialogs.channel, "telegram"),
      ),
    );
  return row ?? null;
}

/** A dialog of this bot by its id, with who may press its buttons. */
export async function findDialogOfBot(db: Db, workspaceId: WorkspaceId, botId: string, dialogId: string) {
  const [row] = await db
    .select(pressedColumns)
    .from(dialogs)
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.botId, botId),
        eq(dialogs.channel, "telegram"),
        eq(dialogs.id, dialogId),
      ),
    );
  return row ?? null;
}

/** Holds a dialog until the transaction ends, so that a repeat of the same update waits and finds the message. */
export async function lockDialog(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<void> {
  await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)))
    .for("no key update");
}
