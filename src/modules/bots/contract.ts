import * as z from "zod";
import type { BotStatus } from "@/db/enums";

/** BotFather's format: the bot's number, a colon, 35 characters. */
export const TOKEN_PATTERN = /^\d{6,20}:[A-Za-z0-9_-]{30,64}$/;

/** The largest webhook body that is read. */
export const MAX_UPDATE_BYTES = 1024 * 1024;

/** What Telegram is asked to send; anything else never reaches us. */
export const ALLOWED_UPDATES = ["message", "edited_message", "my_chat_member"] as const;

export const connectBotInput = z.object({
  assistantId: z.uuid(),
  token: z.string().trim().regex(TOKEN_PATTERN, "This does not look like a bot token."),
  /** Another bot of the assistant that this one takes the place of, as the person confirmed. */
  replacesBotId: z.uuid().optional(),
});

/** The same token before it is connected, to show whose it is. */
export const identifyBotInput = connectBotInput.pick({ token: true });

export const listBotsInput = z.object({ assistantId: z.uuid().optional() });

export const botInput = z.object({ id: z.uuid() });

export type ConnectBotInput = z.infer<typeof connectBotInput>;
export type IdentifyBotInput = z.infer<typeof identifyBotInput>;
export type ListBotsInput = z.infer<typeof listBotsInput>;
export type BotInput = z.infer<typeof botInput>;

/** A bot as members see it. The token never leaves the server; its last four characters tell tokens apart. */
export type Bot = {
  id: string;
  assistantId: string;
  username: string;
  name: string;
  tokenLast4: string;
  status: BotStatus;
  lastError: BotFault | null;
  lastUpdateAt: Date | null;
  createdAt: Date;
};

/** Why a bot does not work, as a code that the interface words. */
export const BOT_FAULTS = ["token-revoked", "taken-over", "webhook-failing", "telegram-silent"] as const;
export type BotFault = (typeof BOT_FAULTS)[number];

export type BotFinding =
  | "accepted"
  | "revoked"
  | "telegram-silent"
  | "webhook"
  | "polling"
  | "foreign-webhook"
  | "no-webhook"
  | "empty"
  | "waiting"
  | "none"
  | "recent"
  | "seen"
  | "never";

/** One line of the doctor: what was looked at, how it is, and the figures of the sentence. */
export type BotCheck = {
  check: "token" | "receiving" | "queue" | "lastError" | "lastUpdate";
  level: "ok" | "warning" | "fault";
  /** Which sentence of this check applies. */
  finding: BotFinding;
  facts: Record<string, string | number>;
};

const person = z.object({
  id: z.int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(""),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chat = z.object({ id: z.int(), type: z.string() });

const entity = z.object({ type: z.string(), offset: z.int(), length: z.int(), user: person.optional() });

const message = z.object({
  message_id: z.int(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  from: person.optional(),
  sender_chat: chat.optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entity).default([]),
  caption_entities: z.array(entity).default([]),
  reply_to_message: z.object({ from: person.optional() }).optional(),
  // Keys that tell content of a person from service messages such as "joined the group".
  photo: z.unknown().optional(),
  document: z.unknown().optional(),
  voice: z.unknown().optional(),
  audio: z.unknown().optional(),
  video: z.unknown().optional(),
  video_note: z.unknown().optional(),
  animation: z.unknown().optional(),
  sticker: z.unknown().optional(),
  location: z.unknown().optional(),
  contact: z.unknown().optional(),
  poll: z.unknown().optional(),
});

/** The parts of an update that the product reads. */
export const telegramUpdate = z.object({
  update_id: z.int().nonnegative(),
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: z.object({ chat, from: person, new_chat_member: z.object({ status: z.string() }) }).optional(),
});

export type TelegramMessage = z.infer<typeof message>;
export type TelegramUpdate = z.infer<typeof telegramUpdate>;
