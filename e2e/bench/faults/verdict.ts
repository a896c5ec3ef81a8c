import type { FakeBot } from "../../fakes/telegram-bot";
import type { Books } from "./books";
import { isLong, linesOf, longLines, type Question } from "./questions";

export type Fate =
  | "answered"
  /** The answer's last word is unknown, and shown so. */
  | "uncertain"
  /** Telegram refused the answer, or the way to it was given up; shown as failed. */
  | "undelivered"
  /** The visitor was told that no answer can be given. */
  | "told"
  /** Still on its way when the run gave up waiting. */
  | "pending"
  | "lost";

export type Verdict = {
  fates: Record<Fate, number>;
  /** Accepted by Telegram more often than the outbox has it. */
  doubled: string[];
  /** The same, where the outbox says that it does not know. */
  doubledUncertain: number;
  /** Questions that two different answers speak of. */
  answeredTwice: string[];
  /** Recorded as sent, never seen by Telegram. */
  phantoms: string[];
  /** Long answers of which lines are missing, repeated or out of order. */
  garbled: string[];
  /** Parts that arrived before an earlier part of their dialog. */
  overtakings: number;
  uncertainParts: { all: number; arrived: number };
  lost: string[];
  /** Answers that cover more than one message. */
  messagesPerAnswer: number;
};

type Message = Books["messages"][number];
type Part = Books["parts"][number];

const chatKey = ({ bot, chatId }: { bot: number; chatId: number }) => `${bot}:${chatId}`;

/** Joins what Telegram accepted with what the product wrote down. */
export function judge(questions: readonly Question[], bots: readonly FakeBot[], books: Books): Verdict {
  const partsOf = Map.groupBy(books.parts, ({ messageId }) => messageId);
  const talks = Map.groupBy(books.messages, chatKey);
  const accepted = new Map<string, number>();
  for (const { id: bot, sent } of bots)
    for (const { chatId, html } of sent) raise(accepted, `${chatKey({ bot, chatId })}:${html}`);
  const rowsOf = Map.groupBy(books.parts, (part) => `${chatKey(part)}:${part.html}`);

  const fates = { answered: 0, uncertain: 0, undelivered: 0, told: 0, pending: 0, lost: 0 };
  const lost: string[] = [];
  const answeredTwice: string[] = [];
  const answers = new Set<string>();
  let answered = 0;
  for (const question of questions) {
    const talk = talks.get(chatKey({ bot: question.bot.id, chatId: question.chatId })) ?? [];
    const { fate, why, answer } = fateOf(question, talk, partsOf, books);
    fates[fate] += 1;
    if (fate === "lost" || fate === "pending") lost.push(`${question.token}: ${why}`);
    if (answer) answers.add(answer.id);
    if (answer) answered += 1;
    const speaking = talk.filter(({ author, text }) => author === "assistant" && speaksOf(text, question.token));
    if (speaking.length > 1) answeredTwice.push(question.token);
  }

  const doubled: string[] = [];
  let doubledUncertain = 0;
  for (const [key, times] of accepted) {
    const rows = rowsOf.get(key) ?? [];
    if (times <= rows.length) continue;
    if (rows.some(({ state }) => state === "uncertain")) doubledUncertain += 1;
    else doubled.push(`${times} of ${rows.length}: ${key.slice(0, 80)}`);
  }
  const phantoms = [...rowsOf]
    .filter(([key, rows]) => rows.filter(({ state }) => state === "sent").length > (accepted.get(key) ?? 0))
    .map(([key]) => key.slice(0, 80));
  const uncertain = books.parts.filter(({ state }) => state === "uncertain");

  return {
    fates,
    doubled,
    doubledUncertain,
    answeredTwice,
    phantoms,
    garbled: garbledOf(questions, books),
    overtakings: countOvertakings(books.parts),
    uncertainParts: {
      all: uncertain.length,
      arrived: uncertain.filter((part) => accepted.has(`${chatKey(part)}:${part.html}`)).length,
    },
    lost,
    messagesPerAnswer: answers.size === 0 ? 0 : answered / answers.size,
  };
}

function fateOf(
  question: Question,
  talk: readonly Message[],
  partsOf: Map<string, Part[]>,
  books: Books,
): { fate: Fate; why: string; answer?: Message } {
  const message = talk.find(({ clientId }) => clientId === `tg:${question.updateId}`);
  if (!message) {
    const update = books.updates.find(({ bot, updateId }) => bot === question.bot.id && updateId === question.updateId);
    return { fate: "lost", why: update ? `not stored, update ${update.state} ${update.error}` : "not recorded" };
  }
  const later = talk.filter(({ seq }) => seq > message.seq);
  const answer = later.find(({ author }) => author === "assistant");
  if (answer && !speaksOf(answer.text, question.token))
    return { fate: "lost", why: "the answer that follows does not speak of it" };
  const isTelling = ({ author, clientId }: Message) => author === "system" && /^failed:|:notice$/.test(clientId);
  const reply = answer ?? later.find(isTelling);
  if (!reply) return { fate: "lost", why: "nothing was ever said to it" };
  const states = (partsOf.get(reply.id) ?? []).map(({ state }) => state);
  if (states.length === 0) return { fate: "lost", why: "the reply never entered the outbox", answer };
  if (states.every((state) => state === "sent")) return { fate: answer ? "answered" : "told", why: "", answer };
  if (states.includes("failed")) return { fate: "undelivered", why: "", answer };
  if (states.includes("uncertain") && states.every((state) => state === "sent" || state === "uncertain"))
    return { fate: "uncertain", why: "", answer };
  return { fate: "pending", why: `parts are ${states.join(", ")}`, answer };
}

const speaksOf = (text: string, token: string) => new RegExp(`\\b${token}\\b`).test(text);

/** A long answer whose parts were all sent must be read line by line, each once and in order. */
function garbledOf(questions: readonly Question[], books: Books): string[] {
  const partsOfChat = Map.groupBy(books.parts, chatKey);
  return questions.filter(isLong).flatMap(({ token, bot, chatId }) => {
    const parts = (partsOfChat.get(chatKey({ bot: bot.id, chatId })) ?? []).filter(({ html }) => speaksOf(html, token));
    if (parts.length === 0 || parts.some(({ state }) => state !== "sent")) return [];
    const read = bot.sent.filter((sent) => sent.chatId === chatId).flatMap(({ text }) => linesOf(text, token));
    const isWhole = read.length === longLines && read.every((line, index) => line === index + 1);
    return isWhole ? [] : [`${token}: ${read.length} lines`];
  });
}

function countOvertakings(parts: readonly Part[]): number {
  let overtakings = 0;
  for (const dialog of Map.groupBy(parts, ({ dialogId }) => dialogId).values()) {
    const ids = dialog.filter(({ state }) => state === "sent").map(({ externalId }) => Number(externalId));
    overtakings += ids.filter((id, index) => index > 0 && id < (ids[index - 1] ?? 0)).length;
  }
  return overtakings;
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
