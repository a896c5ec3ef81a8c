import type { TelegramMessage, TelegramUpdate } from "@/modules/bots/contract";

export const COMMANDS = ["start", "help", "reset"] as const;
export type Command = (typeof COMMANDS)[number];

export type BotIdentity = { telegramId: number; username: string };

/** Who writes, and where the answer goes. */
export type Sender = {
  visitorKey: string;
  chatId: number;
  isPrivate: boolean;
  name: string;
  languageCode: string | null;
};

/** What an update asks for. */
export type Incoming =
  | { kind: "text"; sender: Sender; text: string }
  | { kind: "command"; sender: Sender; command: Command; argument: string }
  | { kind: "unknown-command"; sender: Sender }
  | { kind: "media-without-text"; sender: Sender }
  | { kind: "edit"; sender: Sender; messageId: number; text: string }
  | { kind: "reachability"; chatId: number; isReachable: boolean }
  | { kind: "ignored"; reason: string };

const MEDIA = [
  "photo",
  "document",
  "voice",
  "audio",
  "video",
  "video_note",
  "animation",
  "sticker",
  "location",
  "contact",
  "poll",
] as const;
const GONE = new Set(["kicked", "left"]);

/** Reads one update for one bot. Everything that is not meant for the bot comes back as `ignored` with the reason. */
export function readUpdate(update: TelegramUpdate, bot: BotIdentity): Incoming {
  if (update.my_chat_member) {
    const { chat, new_chat_member: member } = update.my_chat_member;
    return { kind: "reachability", chatId: chat.id, isReachable: !GONE.has(member.status) };
  }
  if (update.message) return readMessage(update.message, bot);
  if (update.edited_message) return readEdit(update.edited_message, bot);
  return { kind: "ignored", reason: "unsupported-update" };
}

function readMessage(message: TelegramMessage, bot: BotIdentity): Incoming {
  const sender = senderOf(message, bot);
  if (typeof sender === "string") return { kind: "ignored", reason: sender };
  const command = commandOf(message, bot, sender.isPrivate);
  if (!sender.isPrivate && !command && !isAddressed(message, bot)) return { kind: "ignored", reason: "not-addressed" };
  if (command === "foreign") return { kind: "ignored", reason: "not-addressed" };
  if (command) {
    const known = COMMANDS.find((name) => name === command.name);
    return known
      ? { kind: "command", sender, command: known, argument: command.argument }
      : { kind: "unknown-command", sender };
  }
  const text = textOf(message, bot, sender.isPrivate);
  if (text !== "") return { kind: "text", sender, text };
  if (MEDIA.some((key) => message[key] !== undefined)) return { kind: "media-without-text", sender };
  return { kind: "ignored", reason: "no-content" };
}

function readEdit(message: TelegramMessage, bot: BotIdentity): Incoming {
  const sender = senderOf(message, bot);
  if (typeof sender === "string") return { kind: "ignored", reason: sender };
  const text = textOf(message, bot, sender.isPrivate);
  return text === ""
    ? { kind: "ignored", reason: "no-content" }
    : { kind: "edit", sender, messageId: message.message_id, text };
}

/** The sender, or why there is none to answer: channel posts, anonymous admins and other bots. */
function senderOf(message: TelegramMessage, bot: BotIdentity): Sender | string {
  if (message.chat.type === "channel") return "channel-post";
  if (message.sender_chat) return "anonymous-sender";
  if (!message.from) return "no-sender";
  if (message.from.is_bot) return "bot";
  const { id, first_name: first, last_name: last, username, language_code: languageCode } = message.from;
  const name = [first, last].filter(Boolean).join(" ").trim();
  return {
    visitorKey: visitorKey({ botId: bot.telegramId, chatId: message.chat.id, userId: id, threadId: topicOf(message) }),
    chatId: message.chat.id,
    isPrivate: message.chat.type === "private",
    name: (name || (username ? `@${username}` : "")).normalize("NFC").slice(0, 200),
    languageCode: languageCode ?? null,
  };
}

type Address = { botId: number; chatId: number; userId: number; threadId: number | null };

/** One dialog per bot, chat, person and forum topic: a person has the same chat id with every bot. */
export function visitorKey({ botId, chatId, userId, threadId }: Address): string {
  return ["tg", botId, chatId, userId, ...(threadId === null ? [] : [threadId])].join(":");
}

/** Where the answers of a dialog go. Null for a key of another channel. */
export function addressOf(key: string): Address | null {
  const [channel, ...rest] = key.split(":");
  const [botId, chatId, userId, threadId] = rest.map(Number);
  if (channel !== "tg" || botId === undefined || chatId === undefined || userId === undefined) return null;
  return { botId, chatId, userId, threadId: threadId ?? null };
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

/** The words of a message in NFC; in a group without the bot's own name. */
function textOf(message: TelegramMessage, bot: BotIdentity, isPrivate: boolean): string {
  let text = message.text ?? message.caption ?? "";
  if (!isPrivate) {
    for (const { offset, length } of mentionsOf(message, bot).toReversed())
      text = text.slice(0, offset) + text.slice(offset + length);
  }
  return text.normalize("NFC").trim();
}

/** The source that a deep link carries: Telegram allows 64 letters, digits, `_` and `-`. */
export function sourceOf(argument: string): string | null {
  return /^[\w-]{1,64}$/.exec(argument)?.[0] ?? null;
}

/** The key under which the visitor's message of an update is stored. */
export function clientIdOf(updateId: number): string {
  return `tg:${updateId}`;
}

type InChat = { chat: { id: number } };

/** Updates of one chat run one after the other. */
export function lane(
  botId: string,
  update: { message?: InChat; edited_message?: InChat; my_chat_member?: InChat },
): string {
  const chatId = (update.message ?? update.edited_message ?? update.my_chat_member)?.chat.id ?? "other";
  return `tg:${botId}:${chatId}`;
}

/** Webhooks need a public https address; polling works everywhere. */
export function receivesByWebhook(mode: "auto" | "webhook" | "polling", appUrl: string): boolean {
  if (mode !== "auto") return mode === "webhook";
  const { protocol, hostname } = new URL(appUrl);
  return protocol === "https:" && !isPrivateHost(hostname);
}

function isPrivateHost(host: string): boolean {
  const isLocalName =
    host === "localhost" || !host.includes(".") || /\.(?:local|localhost|internal|test|example)$/.test(host);
  return (
    isLocalName ||
    host.startsWith("[") ||
    /^(?:127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host)
  );
}

/** The wait before polling is tried again: 5 s × 2ⁿ, at most a minute. */
export function pollingPauseMs(failures: number): number {
  return Math.min(60_000, 5_000 * 2 ** Math.max(0, failures - 1));
}
