import type { StoredAttachment } from "@/db/schema/dialogs";
import { type BotIdentity, COMMANDS, type Command, visitorKey } from "@/modules/bots/rules";
import { excerpt, isVisible } from "@/lib/text";
import { attachmentOf } from "./attachments";
import type { TelegramBusinessConnection, TelegramMessage, TelegramUpdate } from "./contract";
import { richWords } from "./rich";

/** Who writes, and where the answer goes. */
export type Sender = {
  visitorKey: string;
  chatId: number;
  isPrivate: boolean;
  name: string;
  /** Without the @; null for a person who has none. */
  username: string | null;
  languageCode: string | null;
  /** The connection through which an answer leaves in the name of somebody else's account. */
  businessConnectionId: string | null;
};

/** The words and things of one message. At least one of them is there. */
export type Content = { messageId: number; text: string; attachment: StoredAttachment | null };

export type Business = { connectionId: string; ownerId: number };

/** What an update asks for. */
export type Incoming =
  | { kind: "message"; sender: Sender; content: Content }
  | { kind: "command"; sender: Sender; command: Command; argument: string }
  | { kind: "unknown-command"; sender: Sender }
  | { kind: "unreadable"; sender: Sender }
  /** A picture in a group that is meant for the bot only if the caption of its album is. */
  | { kind: "album-part"; sender: Sender; content: Content; albumId: string }
  | { kind: "edit"; sender: Sender; content: Content }
  | { kind: "owner-message"; sender: Sender; content: Content }
  | { kind: "press"; queryId: string; personId: number; chatId: number | null; messageId: number | null; data: string }
  | { kind: "stop"; chatId: number; threadId: number | null }
  | { kind: "inline-query"; queryId: string }
  | { kind: "reachability"; chatId: number; isReachable: boolean }
  | { kind: "migration"; fromChatId: number; toChatId: number }
  | { kind: "business-connection"; connection: TelegramBusinessConnection }
  | { kind: "business-message"; connectionId: string; message: TelegramMessage; isEdit: boolean }
  | { kind: "business-removal"; connectionId: string; chatId: number; messageIds: number[] }
  | { kind: "ignored"; reason: string };

const OTHER_CONTENT = ["rich_message", "dice", "story", "game", "paid_media", "checklist"] as const;
// Telegram allows 64 characters for each of the two, and an emoji counts as one there.
const MAX_NAME = 200;
const GONE = new Set(["kicked", "left"]);

/** Reads one update for one bot. Everything that is not meant for the bot comes back as `ignored` with the reason. */
export function readUpdate(update: TelegramUpdate, bot: BotIdentity): Incoming {
  if (update.message) return readMessage(update.message, bot);
  if (update.edited_message) return readEdit(update.edited_message, bot);
  if (update.callback_query) {
    const { id: queryId, from, message, data } = update.callback_query;
    const place = { chatId: message?.chat.id ?? null, messageId: message?.message_id ?? null };
    return { kind: "press", queryId, personId: from.id, ...place, data: data ?? "" };
  }
  if (update.stopped_message_generation) {
    const { chat, message_thread_id: threadId } = update.stopped_message_generation;
    return { kind: "stop", chatId: chat.id, threadId: threadId ?? null };
  }
  if (update.inline_query) return { kind: "inline-query", queryId: update.inline_query.id };
  if (update.my_chat_member) {
    const { chat, new_chat_member: member } = update.my_chat_member;
    return { kind: "reachability", chatId: chat.id, isReachable: !GONE.has(member.status) };
  }
  if (update.business_connection) return { kind: "business-connection", connection: update.business_connection };
  const business = update.business_message ?? update.edited_business_message;
  if (business) {
    const connectionId = business.business_connection_id;
    if (connectionId === undefined) return { kind: "ignored", reason: "no-connection" };
    return { kind: "business-message", connectionId, message: business, isEdit: !update.business_message };
  }
  if (update.deleted_business_messages) {
    const { business_connection_id: connectionId, chat, message_ids: messageIds } = update.deleted_business_messages;
    return { kind: "business-removal", connectionId, chatId: chat.id, messageIds };
  }
  return { kind: "ignored", reason: "unsupported-update" };
}

function readMessage(message: TelegramMessage, bot: BotIdentity): Incoming {
  const { chat, migrate_to_chat_id: to, migrate_from_chat_id: from } = message;
  if (to !== undefined) return { kind: "migration", fromChatId: chat.id, toChatId: to };
  if (from !== undefined) return { kind: "migration", fromChatId: from, toChatId: chat.id };
  const sender = senderOf(message, bot);
  if (typeof sender === "string") return { kind: "ignored", reason: sender };
  const command = commandOf(message, bot, sender.isPrivate);
  if (!sender.isPrivate && !command && !isAddressed(message, bot)) return readAside(message, bot, sender);
  if (command === "foreign") return { kind: "ignored", reason: "not-addressed" };
  if (command) {
    const known = COMMANDS.find((name) => name === command.name);
    return known
      ? { kind: "command", sender, command: known, argument: command.argument }
      : { kind: "unknown-command", sender };
  }
  return contentOr(message, bot, sender, (content) => ({ kind: "message", sender, content }));
}

/** What is said in a group to others: Telegram puts the caption of an album, and a name in it, under one picture only. */
function readAside(message: TelegramMessage, bot: BotIdentity, sender: Sender): Incoming {
  const attachment = attachmentOf(message);
  if (attachment?.albumId === undefined) return { kind: "ignored", reason: "not-addressed" };
  const content = { messageId: message.message_id, text: textOf(message, bot, false), attachment };
  return { kind: "album-part", sender, content, albumId: attachment.albumId };
}

function readEdit(message: TelegramMessage, bot: BotIdentity): Incoming {
  const sender = senderOf(message, bot);
  if (typeof sender === "string") return { kind: "ignored", reason: sender };
  return contentOr(message, bot, sender, (content) => ({ kind: "edit", sender, content }));
}

/** Reads a message of a private chat that the bot serves in its owner's name. Commands are words there like any others. */
export function readBusinessMessage(
  message: TelegramMessage,
  bot: BotIdentity,
  { business, isEdit }: { business: Business; isEdit: boolean },
): Incoming {
  if (message.chat.type !== "private") return { kind: "ignored", reason: "not-private" };
  // Our own answers come back to us as messages of the account.
  if (message.sender_business_bot) return { kind: "ignored", reason: "bot" };
  const isOwner = message.from?.id === business.ownerId;
  // The dialog belongs to the customer, whose private chat has the customer's own number.
  const customer = isOwner ? { ...message, from: { id: message.chat.id, is_bot: false, first_name: "" } } : message;
  const sender = senderOf(customer, bot, business);
  if (typeof sender === "string") return { kind: "ignored", reason: sender };
  const kind = isEdit ? "edit" : isOwner ? "owner-message" : "message";
  return contentOr(message, bot, sender, (content) => ({ kind, sender, content }));
}

function contentOr(
  message: TelegramMessage,
  bot: BotIdentity,
  sender: Sender,
  take: (content: Content) => Incoming,
): Incoming {
  const text = textOf(message, bot, sender.isPrivate);
  const attachment = attachmentOf(message);
  if (text !== "" || attachment) return take({ messageId: message.message_id, text, attachment });
  if (OTHER_CONTENT.some((key) => message[key] !== undefined)) return { kind: "unreadable", sender };
  return { kind: "ignored", reason: "no-content" };
}

/** The sender, or why there is none to answer: channel posts, anonymous admins and other bots. */
function senderOf(message: TelegramMessage, bot: BotIdentity, business?: Business): Sender | string {
  if (message.chat.type === "channel") return "channel-post";
  if (message.sender_chat) return "anonymous-sender";
  if (!message.from) return "no-sender";
  if (message.from.is_bot) return "bot";
  const { id, first_name: first, last_name: last, username, language_code: languageCode } = message.from;
  const name = [first, last].filter(Boolean).join(" ").trim();
  return {
    visitorKey: visitorKey({
      botId: bot.telegramId,
      chatId: message.chat.id,
      userId: id,
      threadId: topicOf(message),
      ownerId: business?.ownerId ?? null,
    }),
    chatId: message.chat.id,
    isPrivate: message.chat.type === "private",
    name: excerpt((name || (username ? `@${username}` : "")).normalize("NFC"), MAX_NAME),
    username: username || null,
    languageCode: languageCode?.slice(0, 35) ?? null,
    businessConnectionId: business?.connectionId ?? null,
  };
}

function topicOf(message: TelegramMessage): number | null {
  return message.is_topic_message ? (message.message_thread_id ?? null) : null;
}

type FoundCommand = { name: string; argument: string };

/** The command that a message opens with; "foreign" when it names another bot, or in a group may be meant for one. */
function commandOf(message: TelegramMessage, bot: BotIdentity, isPrivate: boolean): FoundCommand | "foreign" | null {
  const [, name, target, argument] = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(message.text ?? "") ?? [];
  if (!name) return null;
  if (target && target.toLowerCase() !== bot.username.toLowerCase()) return "foreign";
  const lowered = name.toLowerCase();
  if (!isPrivate && !target && !COMMANDS.some((known) => known === lowered)) return "foreign";
  return { name: lowered, argument: (argument ?? "").trim() };
}

function isAddressed(message: TelegramMessage, bot: BotIdentity): boolean {
  return message.reply_to_message?.from?.id === bot.telegramId || mentionsOf(message, bot).length > 0;
}

function mentionsOf(message: TelegramMessage, bot: BotIdentity) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const name = `@${bot.username}`.toLowerCase();
  return entities.filter(({ type, offset, length, user }) =>
    type === "text_mention"
      ? user?.id === bot.telegramId
      : type === "mention" && text.slice(offset, offset + length).toLowerCase() === name,
  );
}

/** The words of a message in NFC, if they show anything; in a group without the bot's own name. */
function textOf(message: TelegramMessage, bot: BotIdentity, isPrivate: boolean): string {
  let text = message.text ?? message.caption ?? richWords(message.rich_message);
  if (!isPrivate) {
    for (const { offset, length } of mentionsOf(message, bot).toReversed())
      text = text.slice(0, offset) + text.slice(offset + length);
  }
  return isVisible(text) ? text.normalize("NFC").trim() : "";
}

/** Whether the bot may answer in the name of the account. */
export function mayReply(connection: TelegramBusinessConnection): boolean {
  return connection.rights?.can_reply ?? connection.can_reply ?? false;
}

/** Where a malformed update is wrong, for the record: the path to the first field and nothing of its content. */
export function malformedAt(issues: readonly { path: readonly PropertyKey[] }[]): string {
  return `malformed: ${issues[0]?.path.map(String).join(".") ?? ""}`.slice(0, 200);
}
