import { isDeepStrictEqual } from "node:util";
import type { StoredVersion } from "@/db/schema/dialogs";
import { storable } from "@/lib/text";
import { addressOf, externalIdOf } from "@/modules/bots/rules";
import type { BotRow } from "@/modules/bots/server/repository";
import type { Content, Sender } from "@/modules/bots/updates/rules";
import { dialogLimits } from "@/modules/dialogs/limits";
import { type IncomingMessage, receiveAnnounced, receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog } from "@/modules/dialogs/server/service";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  appendMessage,
  findMessageByClientId,
  findMessageByExternalId,
  type NewMessage,
  reviseMessage,
} from "./messages-repository";
import {
  findOpenDialog,
  insertDialog,
  lockDialog,
  markChatReachable,
  markReachable,
  moveChat,
  pauseAnswers,
  raiseEpoch,
  refreshVisitor,
  setSource,
} from "./repository";

// Nobody reads more, and a person who edits all day must not fill the table.
const KEPT_VERSIONS = 20;

/** The open dialog of a sender, made when there is none, with what Telegram tells about the person brought up to date. */
export async function openDialog(
  ctx: WorkspaceCtx,
  bot: BotRow,
  sender: Sender,
  source: string | null = null,
): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const key = { assistantId: bot.assistantId, visitorKey: sender.visitorKey };
    const visitor = {
      ...key,
      botId: bot.id,
      visitorName: sender.name,
      visitorLocale: sender.languageCode,
      businessConnectionId: sender.businessConnectionId,
    };
    const existing = await findOpenDialog(ctx.db, ctx.workspaceId, key);
    if (!existing) {
      const id = await insertDialog(ctx.db, ctx.workspaceId, { ...visitor, source }, ctx.now());
      if (id) {
        await publish(ctx, { type: "dialog.created", ids: { dialogId: id } });
        return id;
      }
    }
    const dialog = existing ?? (await findOpenDialog(ctx.db, ctx.workspaceId, key));
    if (!dialog) throw new Error("The dialog was ended while it was being opened.");
    if (source) await setSource(ctx.db, ctx.workspaceId, dialog.id, source);
    // What the owner of an account writes does not tell the customer's name.
    const visitorName = (!dialog.isNamed && sender.name) || dialog.visitorName;
    const isCurrent =
      dialog.botId === bot.id &&
      dialog.visitorName === visitorName &&
      dialog.businessConnectionId === sender.businessConnectionId &&
      dialog.isReachable;
    if (!isCurrent) {
      await refreshVisitor(ctx.db, ctx.workspaceId, dialog.id, { ...visitor, visitorName });
      await publish(ctx, { type: "dialog.changed", ids: { dialogId: dialog.id } });
    }
    return dialog.id;
  });
}

export type StoredVisitorMessage = { dialogId: string; messageId: string; isNew: boolean; isNewDialog: boolean };

/**
 * Stores what the visitor wrote, in the open dialog or a new one, and runs `andThen` in the same transaction. A repeat finds
 * the first and announces nothing. Words beyond the limit of a message are cut.
 */
export async function storeVisitorMessage<T>(
  ctx: WorkspaceCtx,
  bot: BotRow,
  message: ArrivedMessage,
  andThen: (ctx: WorkspaceCtx, stored: StoredVisitorMessage) => Promise<T>,
): Promise<{ stored: StoredVisitorMessage; result: T }> {
  return inTransaction(ctx, async (ctx) => {
    const stored = await receiveMessage(ctx, incomingOf(bot, message));
    const { dialogId, messageId, isNew, isNewDialog } = stored;
    const result = await andThen(ctx, stored);
    if (isNewDialog) await publish(ctx, { type: "dialog.created", ids: { dialogId } });
    if (isNew) await publish(ctx, { type: "message.new", ids: { dialogId, messageId } });
    return { stored, result };
  });
}

/** The same in one round trip, for a message that nothing else is written with. */
export async function storeAlone(
  ctx: WorkspaceCtx,
  bot: BotRow,
  message: ArrivedMessage,
): Promise<StoredVisitorMessage> {
  return receiveAnnounced(ctx, incomingOf(bot, message));
}

type ArrivedMessage = { sender: Sender; content: Content; clientId: string };

function incomingOf(bot: BotRow, { sender, content, clientId }: ArrivedMessage): IncomingMessage {
  return {
    clientId,
    text: cut(content.text),
    attachment: content.attachment,
    externalId: externalKey(bot, sender, content.messageId),
    assistantId: bot.assistantId,
    channel: "telegram",
    visitorKey: sender.visitorKey,
    botId: bot.id,
    visitorName: sender.name,
    visitorUsername: sender.username ?? undefined,
    visitorLocale: sender.languageCode ?? undefined,
    businessConnectionId: sender.businessConnectionId ?? undefined,
  };
}

/** What the owner of a business account wrote to the customer in person: kept for the talk's memory, and the bot keeps silent. */
export async function storeOwnerMessage(
  ctx: WorkspaceCtx,
  bot: BotRow,
  message: ArrivedMessage,
  pausedUntil: Date,
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { dialogId, isNew } = await storeOfAccount(ctx, bot, message, "operator");
    if (isNew) await pauseAnswers(ctx.db, ctx.workspaceId, dialogId, pausedUntil);
  });
}

/** What the account sent without its owner, for instance its greeting: kept to be seen, and it answers nobody. */
export async function storeAutomatic(ctx: WorkspaceCtx, bot: BotRow, message: ArrivedMessage): Promise<void> {
  await inTransaction(ctx, (ctx) => storeOfAccount(ctx, bot, message, "system"));
}

async function storeOfAccount(
  ctx: WorkspaceCtx,
  bot: BotRow,
  { sender, content, clientId }: ArrivedMessage,
  author: "operator" | "system",
): Promise<{ dialogId: string; isNew: boolean }> {
  const dialogId = await openDialog(ctx, bot, sender);
  const { isNew } = await storeMessage(ctx, {
    dialogId,
    author,
    clientId,
    text: cut(content.text),
    attachment: content.attachment,
    externalId: externalKey(bot, sender, content.messageId),
  });
  return { dialogId, isNew };
}

/** Stores a message of the bot's side once per client id. `isNew` is false when an earlier attempt stored it. */
export async function storeMessage(ctx: WorkspaceCtx, message: NewMessage): Promise<{ id: string; isNew: boolean }> {
  return inTransaction(ctx, async (ctx) => {
    await lockDialog(ctx.db, ctx.workspaceId, message.dialogId);
    const known = await findMessageByClientId(ctx.db, ctx.workspaceId, message.dialogId, message.clientId);
    if (known) return { id: known, isNew: false };
    const id = await appendMessage(ctx.db, ctx.workspaceId, message, ctx.now());
    await publish(ctx, { type: "message.new", ids: { dialogId: message.dialogId, messageId: id } });
    return { id, isNew: true };
  });
}

/** Ends the sender's open dialog, if there is one. */
export async function endOpenDialog(ctx: WorkspaceCtx, bot: BotRow, sender: Sender): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const dialog = await findOpenDialog(ctx.db, ctx.workspaceId, {
      assistantId: bot.assistantId,
      visitorKey: sender.visitorKey,
    });
    if (dialog) await closeDialog(ctx, { dialogId: dialog.id });
  });
}

export type Revised = { dialogId: string; isWaiting: boolean };

/**
 * Puts the edited content in the place of the stored one and keeps the earlier words. While the answer is still to come the
 * epoch rises, so that it is made of the new words. Null when there is no such message or nothing changed.
 */
export async function editVisitorMessage(
  ctx: WorkspaceCtx,
  bot: BotRow,
  { sender, content }: { sender: Sender; content: Content },
): Promise<Revised | null> {
  return revise(ctx, externalKey(bot, sender, content.messageId), (message) => {
    const text = storable(cut(content.text));
    // A live location moves without an edit of words; a transcript is no caption.
    const isTranscript = message.attachment?.isTranscribed === true && text === "";
    const attachment = content.attachment ?? message.attachment;
    if (isTranscript || (text === message.text && isDeepStrictEqual(attachment, message.attachment))) return null;
    if (text === message.text) return { attachment };
    return { text, attachment, versions: withVersion(ctx, message), editedAt: ctx.now() };
  });
}

/** Takes a message back as its sender did; its words stay among the earlier versions. Null when there is none. */
export async function removeVisitorMessage(ctx: WorkspaceCtx, externalId: string): Promise<Revised | null> {
  return revise(ctx, externalId, (message) =>
    message.removedAt ? null : { text: "", versions: withVersion(ctx, message), removedAt: ctx.now() },
  );
}

type Found = NonNullable<Awaited<ReturnType<typeof findMessageByExternalId>>>;

async function revise(
  ctx: WorkspaceCtx,
  externalId: string,
  change: (message: Found) => Parameters<typeof reviseMessage>[3] | null,
): Promise<Revised | null> {
  return inTransaction(ctx, async (ctx) => {
    const known = await findMessageByExternalId(ctx.db, ctx.workspaceId, externalId);
    if (!known) return null;
    // Either the answer is settled and seen below, or it meets the raised epoch.
    await lockDialog(ctx.db, ctx.workspaceId, known.dialogId);
    const message = await findMessageByExternalId(ctx.db, ctx.workspaceId, externalId);
    const revision = message && change(message);
    if (!message || !revision) return null;
    const { id: messageId, dialogId } = message;
    await reviseMessage(ctx.db, ctx.workspaceId, messageId, revision);
    const isWaiting = message.isWaiting && revision.text !== undefined;
    if (isWaiting) await raiseEpoch(ctx.db, ctx.workspaceId, dialogId);
    await publish(ctx, { type: "message.updated", ids: { dialogId, messageId } });
    return { dialogId, isWaiting };
  });
}

function withVersion(ctx: WorkspaceCtx, { text, versions }: Found): StoredVersion[] {
  return [...versions, { text, at: ctx.now().toISOString() }].slice(-KEPT_VERSIONS);
}

const cut = (text: string) => text.slice(0, dialogLimits.messageChars);

function externalKey(bot: BotRow, sender: Sender, messageId: number): string {
  const ownerId = addressOf(sender.visitorKey)?.ownerId ?? null;
  return externalIdOf(bot, { chatId: sender.chatId, messageId, ownerId });
}

/** A group became a supergroup: its dialogs go on under the new number. */
export async function followMigration(
  ctx: WorkspaceCtx,
  chats: { botTelegramId: number; fromChatId: number; toChatId: number },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const moved = await moveChat(ctx.db, ctx.workspaceId, chats);
    for (const dialogId of moved) await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
  });
}

/** Remembers whether messages reach the visitor of a dialog. */
export async function setReachable(ctx: WorkspaceCtx, dialogId: string, isReachable: boolean): Promise<void> {
  await markReachable(ctx.db, ctx.workspaceId, dialogId, isReachable);
  await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
}

/** The same for every open dialog of a chat, when a person blocks the bot or lets it in again. */
export async function setChatReachable(
  ctx: WorkspaceCtx,
  bot: BotRow,
  chatId: number,
  isReachable: boolean,
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const changed = await markChatReachable(ctx.db, ctx.workspaceId, {
      botTelegramId: bot.telegramId,
      chatId,
      isReachable,
    });
    for (const dialogId of changed) await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
  });
}
