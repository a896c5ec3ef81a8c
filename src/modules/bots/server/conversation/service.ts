import { clientIdOf, type Sender } from "@/modules/bots/rules";
import type { BotRow } from "@/modules/bots/server/repository";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog } from "@/modules/dialogs/server/service";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  appendMessage,
  findMessageByClientId,
  findMessageOfUpdate,
  findOpenDialog,
  insertDialog,
  lockDialog,
  markChatReachable,
  markReachable,
  type NewMessage,
  refreshVisitor,
  setSource,
  updateText,
} from "./repository";

/** The open dialog of a sender, made when there is none, with what Telegram tells about the person brought up to date. */
export async function openDialog(
  ctx: WorkspaceCtx,
  bot: BotRow,
  sender: Sender,
  source: string | null = null,
): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const key = { assistantId: bot.assistantId, visitorKey: sender.visitorKey };
    const visitor = { ...key, botId: bot.id, visitorName: sender.name, visitorLocale: sender.languageCode };
    const existing = await findOpenDialog(ctx.db, ctx.workspaceId, key);
    if (!existing) {
      const id = await insertDialog(ctx.db, ctx.workspaceId, { ...visitor, source });
      if (id) {
        await publish(ctx, { type: "dialog.created", ids: { dialogId: id } });
        return id;
      }
    }
    const dialog = existing ?? (await findOpenDialog(ctx.db, ctx.workspaceId, key));
    if (!dialog) throw new Error("The dialog was ended while it was being opened.");
    if (source) await setSource(ctx.db, ctx.workspaceId, dialog.id, source);
    const isCurrent = dialog.botId === bot.id && dialog.visitorName === sender.name && dialog.isReachable;
    if (!isCurrent) {
      await refreshVisitor(ctx.db, ctx.workspaceId, dialog.id, visitor);
      await publish(ctx, { type: "dialog.changed", ids: { dialogId: dialog.id } });
    }
    return dialog.id;
  });
}

/** Stores what the visitor wrote, in the open dialog or a new one. A repeat finds the first and announces nothing. */
export async function storeVisitorMessage(
  ctx: WorkspaceCtx,
  bot: BotRow,
  sender: Sender,
  message: { clientId: string; text: string },
): Promise<{ dialogId: string; messageId: string }> {
  return inTransaction(ctx, async (ctx) => {
    const { dialogId, messageId, isNew, isNewDialog } = await receiveMessage(ctx, {
      ...message,
      assistantId: bot.assistantId,
      channel: "telegram",
      visitorKey: sender.visitorKey,
      botId: bot.id,
      visitorName: sender.name,
      visitorLocale: sender.languageCode ?? undefined,
    });
    if (isNewDialog) await publish(ctx, { type: "dialog.created", ids: { dialogId } });
    if (isNew) await publish(ctx, { type: "message.new", ids: { dialogId, messageId } });
    return { dialogId, messageId };
  });
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

/** Puts the edited words in the place of the stored ones. Nothing is answered again. */
export async function editStoredMessage(
  ctx: WorkspaceCtx,
  bot: BotRow,
  edit: { updateId: number; text: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const message = await findMessageOfUpdate(ctx.db, ctx.workspaceId, bot.id, clientIdOf(edit.updateId));
    if (!message || message.text === edit.text) return;
    await updateText(ctx.db, ctx.workspaceId, message.id, edit.text);
    await publish(ctx, { type: "message.updated", ids: { dialogId: message.dialogId, messageId: message.id } });
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
