import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "./dice";
import type { Question, Thought } from "./questions";

const TWINS = 3;
const SENDERS = 24;
const POST_TIMEOUT_MS = 15_000;
const REPEAT_MS = 250;
/** More than this many unanswered ones and the visitors wait, so that the run measures faults and not a queue. */
const MOST_WAITING = 300;

/** What Telegram's side of the webhook saw. */
export type Posts = { sent: number; accepted: number; refused: number; broken: number; acknowledged: number };

type Options = {
  origins: readonly string[];
  dice: Dice;
  posts: Posts;
  /** How many acknowledged updates are still unanswered. */
  waiting: () => number;
};

/** Sends all thoughts, each update three times in parallel, until one of the three was taken; each chat in its order. */
export async function sendAll(thoughts: readonly Thought[], options: Options): Promise<void> {
  const lastOfChat = new Map<string, Promise<void>>();
  const queue = [...thoughts];
  const sender = async () => {
    for (let thought = queue.shift(); thought; thought = queue.shift()) {
      while (options.waiting() > MOST_WAITING) await delay(100);
      const [first] = thought;
      if (!first) continue;
      const chat = `${first.bot.id}:${first.chatId}`;
      const own = (lastOfChat.get(chat) ?? Promise.resolve()).then(() => sendThought(thought, options));
      lastOfChat.set(chat, own);
      await own;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function sendThought(thought: Thought, options: Options): Promise<void> {
  for (const question of thought) await untilTaken(question, options);
}

async function untilTaken(question: Question, { origins, dice, posts }: Options): Promise<void> {
  const { bot, chatId, updateId, text } = question;
  if (!bot.webhook) throw new Error("The bot has no webhook.");
  const { pathname } = new URL(bot.webhook.url);
  const message = bot.messageOf(text, { id: chatId, first_name: `Visitor ${chatId}`, language_code: "en" });
  const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": bot.webhook.secret };
  const body = JSON.stringify({ update_id: updateId, message });
  for (;;) {
    const twins = Array.from({ length: TWINS }, async () => {
      posts.sent += 1;
      const response = await fetch(dice.pick(origins) + pathname, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.timeout(POST_TIMEOUT_MS),
      }).catch(() => null);
      await response?.body?.cancel();
      if (!response) posts.broken += 1;
      else if (response.ok) posts.accepted += 1;
      else posts.refused += 1;
      return response?.ok === true;
    });
    if ((await Promise.all(twins)).includes(true)) break;
    await delay(REPEAT_MS);
  }
  posts.acknowledged += 1;
}
