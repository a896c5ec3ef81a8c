import type { FakeBot } from "../../fakes/telegram-bot";
import type { ChatCall } from "../../fakes/model-server";
import type { Dice } from "./dice";

/** One message of a visitor. Its token comes back in the answer, so that the fake's log tells who was answered. */
export type Question = { token: string; bot: FakeBot; chatId: number; updateId: number; text: string };

/** Messages of one chat that are sent in this order: one, or a burst that is one thought. */
export type Thought = Question[];

const LONG_SHARE = 0.03;
const LONG_LINES = 120;
const MESSAGES_PER_CHAT = 8;
const FIRST_CHAT = 500_000_000;
const FIRST_UPDATE = 1_000_000;

/** Makes the messages of all visitors, in the order in which Telegram numbers and brings them. */
export class Visitors {
  private made = 0;
  private readonly updates = new Map<FakeBot, number>();
  private nextChat = FIRST_CHAT;

  constructor(private readonly dice: Dice) {}

  /** `count` messages for the bots, in thoughts of `size`. Each call uses chats of its own. */
  thoughts(bots: readonly FakeBot[], count: number, size = 1): Thought[] {
    const chatsPerBot = Math.max(1, Math.ceil(count / bots.length / MESSAGES_PER_CHAT));
    const chats = this.dice.shuffle(
      bots.flatMap((bot) => Array.from({ length: chatsPerBot }, () => ({ bot, chatId: (this.nextChat += 1) }))),
    );
    return Array.from({ length: Math.ceil(count / size) }, (_, index) => {
      // Every chat gets its first message before any gets its second.
      const chat = chats[index] ?? this.dice.pick(chats);
      return Array.from({ length: size }, () => this.question(chat));
    });
  }

  private question({ bot, chatId }: { bot: FakeBot; chatId: number }): Question {
    const token = `q${(this.made += 1)}x`;
    const updateId = (this.updates.get(bot) ?? FIRST_UPDATE) + 1;
    this.updates.set(bot, updateId);
    const wish = this.dice.next() < LONG_SHARE ? "List everything" : "What do you know";
    return { token, bot, chatId, updateId, text: `${wish} about ${token}?` };
  }
}

/** What the model says: a word to each token of the open question, or a long list that needs several messages. */
export function answerTokens({ messages }: ChatCall): string {
  const asked = messages.at(-1)?.text ?? "";
  const answers = [...asked.matchAll(/(List everything|What do you know) about (q\d+x)/g)].map(
    ([, wish, token = ""]) =>
      wish === "List everything" ? listAbout(token) : `About ${token}: delivery takes one to three days.`,
  );
  return answers.join("\n\n") || "Good.";
}

function listAbout(token: string): string {
  const line = (_: unknown, index: number) => `- ${token} line ${index + 1} of ${LONG_LINES}: delivered in time.`;
  return Array.from({ length: LONG_LINES }, line).join("\n");
}

/** The lines of a long answer in the order in which they must be read. */
export function linesOf(text: string, token: string): number[] {
  return [...text.matchAll(new RegExp(`${token} line (\\d+) of`, "g"))].map(([, line]) => Number(line));
}

export const isLong = ({ text }: Question) => text.startsWith("List everything");
export const longLines = LONG_LINES;
