import * as z from "zod";

/** What Telegram is asked to send; anything else never reaches us. */
export const ALLOWED_UPDATES = [
  "message",
  "edited_message",
  "callback_query",
  "stopped_message_generation",
  "inline_query",
  "my_chat_member",
  "business_connection",
  "business_message",
  "edited_business_message",
  "deleted_business_messages",
] as const;

// Who, where and which message must be right, or nobody could be answered. Everything beside that is read as far as it
// makes sense: a field of another shape counts as absent and never costs the visitor the message.
const words = z.string().optional().catch(undefined);
const whole = z.int().optional().catch(undefined);

const person = z.object({
  id: z.int(),
  is_bot: z.boolean().catch(false),
  first_name: z.string().catch(""),
  last_name: words,
  username: words,
  language_code: words,
});

const chat = z.object({ id: z.int(), type: z.string() });

const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: person.optional().catch(undefined),
});

const entities = z
  .array(entity.nullable().catch(null))
  .catch([])
  .transform((list) => list.filter((item) => item !== null));

const message = z.object({
  message_id: z.int(),
  message_thread_id: whole,
  is_topic_message: z.boolean().optional().catch(undefined),
  media_group_id: words,
  business_connection_id: words,
  from: person.optional(),
  sender_chat: chat.optional().catch(undefined),
  sender_business_bot: person.optional().catch(undefined),
  // Sent by Telegram itself on the account's behalf: a greeting, an away message, a scheduled one.
  is_from_offline: z.boolean().optional().catch(undefined),
  chat,
  text: words,
  rich_message: z.unknown().optional(),
  caption: words,
  entities,
  caption_entities: entities,
  reply_to_message: z
    .object({ from: person.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  migrate_to_chat_id: whole,
  migrate_from_chat_id: whole,
  // What a message may carry; each kind is read by its own schema.
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
  // Things of a person that the product has no place for, told apart from service messages such as "joined the group".
  dice: z.unknown().optional(),
  story: z.unknown().optional(),
  game: z.unknown().optional(),
  paid_media: z.unknown().optional(),
  checklist: z.unknown().optional(),
});

const businessConnection = z.object({
  id: z.string().min(1).max(200),
  user: person,
  is_enabled: z.boolean(),
  can_reply: z.boolean().optional().catch(undefined),
  rights: z
    .object({ can_reply: z.boolean().catch(false) })
    .optional()
    .catch(undefined),
});

/** The parts of an update that the product reads. */
export const telegramUpdate = z.object({
  update_id: z.int().nonnegative(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: person,
      message: z.object({ message_id: z.int(), chat }).optional().catch(undefined),
      data: words,
    })
    .optional(),
  stopped_message_generation: z.object({ chat, message_thread_id: whole }).optional(),
  inline_query: z.object({ id: z.string(), from: person }).optional(),
  my_chat_member: z.object({ chat, from: person, new_chat_member: z.object({ status: z.string() }) }).optional(),
  business_connection: businessConnection.optional(),
  business_message: message.optional(),
  edited_business_message: message.optional(),
  deleted_business_messages: z
    .object({ business_connection_id: z.string(), chat, message_ids: z.array(z.int()).max(10_000) })
    .optional(),
});

export type TelegramMessage = z.infer<typeof message>;
export type TelegramUpdate = z.infer<typeof telegramUpdate>;
/** How Telegram tells about an account that the bot may speak for; older servers say `can_reply` without `rights`. */
export type TelegramBusinessConnection = z.infer<typeof businessConnection>;
export const telegramBusinessConnection = businessConnection;
