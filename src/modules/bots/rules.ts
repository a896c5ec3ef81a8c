import type { StoredButtons } from "@/db/schema/outbox";
import { type Thumb, THUMBS } from "@/modules/dialogs/limits";

export const COMMANDS = ["start", "help", "operator", "reset"] as const;
export type Command = (typeof COMMANDS)[number];

export type BotIdentity = { telegramId: number; username: string };

type Address = {
  botId: number;
  chatId: number;
  userId: number;
  /** A topic of a forum. */
  threadId: number | null;
  /** Whose account the bot speaks for; null where it speaks for itself. */
  ownerId: number | null;
};

/** One dialog per bot, chat, person and forum topic: a person has the same chat id with every bot, and with every owner. */
export function visitorKey({ botId, chatId, userId, threadId, ownerId }: Address): string {
  const owner = ownerId === null ? [] : [`b${ownerId}`];
  return ["tg", botId, chatId, userId, ...(threadId === null ? [] : [threadId]), ...owner].join(":");
}

/** Where the answers of a dialog go. Null for a key of another channel. */
export function addressOf(key: string): Address | null {
  const match = /^tg:(\d+):(-?\d+):(\d+)(?::(\d+))?(?::b(\d+))?$/.exec(key);
  if (!match) return null;
  const [botId, chatId, userId, threadId, ownerId] = match.slice(1).map((part) => (part ? Number(part) : null));
  if (botId == null || chatId == null || userId == null) return null;
  return { botId, chatId, userId, threadId: threadId ?? null, ownerId: ownerId ?? null };
}

/** Telegram's own key of a message, under which its edits and removal find it. */
export function externalIdOf(
  bot: Pick<BotIdentity, "telegramId">,
  message: { chatId: number; messageId: number; ownerId: number | null },
): string {
  const owner = message.ownerId === null ? [] : [`b${message.ownerId}`];
  return ["tg", bot.telegramId, message.chatId, message.messageId, ...owner].join(":");
}

/** The source that a deep link carries: Telegram allows 64 letters, digits, `_` and `-`. */
export function sourceOf(argument: string): string | null {
  return /^[\w-]{1,64}$/.exec(argument)?.[0] ?? null;
}

/** The key under which the visitor's message of an update is stored. */
export function clientIdOf(updateId: number): string {
  return `tg:${updateId}`;
}

/** The update that brought a message, from the message's key; 0 for a message of another origin. */
export function updateIdOf(clientId: string): number {
  return Number(/^tg:(\d+)$/.exec(clientId)?.[1] ?? 0);
}

type InChat = { chat: { id: number } };
type Laned = {
  message?: InChat;
  edited_message?: InChat;
  my_chat_member?: InChat;
  business_message?: InChat;
  edited_business_message?: InChat;
  deleted_business_messages?: InChat;
  callback_query?: { from: { id: number } };
  stopped_message_generation?: InChat;
};

/** Updates of one chat run one after the other. A press has a lane of its own, because it may stop what runs in the chat's. */
export function lane(botId: string, update: Laned): string {
  if (update.callback_query) return `tg:${botId}:press:${update.callback_query.from.id}`;
  if (update.stopped_message_generation) return `tg:${botId}:press:${update.stopped_message_generation.chat.id}`;
  const place =
    update.message ??
    update.edited_message ??
    update.my_chat_member ??
    update.business_message ??
    update.edited_business_message ??
    update.deleted_business_messages;
  return `tg:${botId}:${place?.chat.id ?? "other"}`;
}

// A person who never stops typing still gets an answer.
const LONGEST_BURST_MS = 12_000;
// The pictures of an album come one by one, whatever the installation's own pause is.
const ALBUM_PAUSE_MS = 1_000;

/**
 * When a message is to be answered: after `quietMs` without another one, at the latest twelve seconds after the burst
 * began. Null for at once.
 */
export function answerAt(
  message: { at: Date; isOfAlbum: boolean },
  { quietMs, burstSince }: { quietMs: number; burstSince: Date | null },
): Date | null {
  const pauseMs = message.isOfAlbum ? Math.max(quietMs, ALBUM_PAUSE_MS) : quietMs;
  if (pauseMs === 0) return null;
  const latestMs = (burstSince ?? message.at).getTime() + Math.max(LONGEST_BURST_MS, pauseMs);
  return new Date(Math.min(message.at.getTime() + pauseMs, latestMs));
}

export type Press =
  | { action: "stop" | "operator" | "continue"; dialogId: string }
  | { action: "rate"; dialogId: string; stars: number }
  /** Of the answer to this message of the visitor: the buttons are made before the answer has an id. */
  | { action: "thumb"; questionId: string; thumb: Thumb };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** What the data of a pressed button asks for; null for data that no button of ours carries. */
export function pressOf(data: string): Press | null {
  const rate = new RegExp(`^rate:(${UUID}):([1-5])$`).exec(data);
  if (rate?.[1] && rate[2]) return { action: "rate", dialogId: rate[1], stars: Number(rate[2]) };
  const [, given, questionId] = new RegExp(`^(up|down):(${UUID})$`).exec(data) ?? [];
  const thumb = THUMBS.find((known) => known === given);
  if (thumb && questionId) return { action: "thumb", questionId, thumb };
  const [, action, dialogId] = new RegExp(`^(stop|operator|continue):(${UUID})$`).exec(data) ?? [];
  if (!dialogId || (action !== "stop" && action !== "operator" && action !== "continue")) return null;
  return { action, dialogId };
}

const FACES: Record<Thumb, string> = { up: "\u{1F44D}", down: "\u{1F44E}" };

/** The thumbs under the answer to a message of the visitor; the given one is ticked. */
export function thumbButtons(questionId: string, given: Thumb | null = null): StoredButtons {
  return [
    THUMBS.map((thumb) => ({
      text: thumb === given ? `${FACES[thumb]} \u2713` : FACES[thumb],
      data: `${thumb}:${questionId}`,
    })),
  ];
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
