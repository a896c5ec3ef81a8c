import { isAskingWord, isFunctionWord } from "@/modules/knowledge/text/function-words";

/** A message as memory needs it. */
export type SpokenMessage = { seq: number; author: "visitor" | "assistant" | "operator" | "system"; text: string };

const LEANS_ON_BEFORE =
  /^(?:а|и|но|или|тогда|ещё|еще|да|нет|and|or|but|so|then|also|what about|how about|yes|no|why|почему|зачем|подробнее|more)(?=$|[\s,.!?])/iu;
const POINTS_BACK =
  /(?:^|[\s,])(?:он|она|оно|они|его|её|ее|их|ему|ей|им|это|этот|эта|эти|этого|этой|там|туда|такой|такая|такие|it|its|they|them|their|that|this|those|these|there|he|she|one|ones)(?=$|[\s,.!?])/iu;
const FOLLOW_UP_CHARS = 60;

/** Whether a question can only be understood with what was said before it. */
export function isFollowUp(question: string): boolean {
  const text = question.trim();
  if (text.length > FOLLOW_UP_CHARS) return false;
  return LEANS_ON_BEFORE.test(text) || POINTS_BACK.test(text) || !saysWhat(text);
}

function saysWhat(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => !isAskingWord(word) && !isFunctionWord(word));
}

/** What to search for: the question itself, widened by up to five earlier ones when it leans on them, nearest first. */
export function retrievalQuery(question: string, earlierQuestions: readonly string[]): string {
  if (!isFollowUp(question)) return question;
  return [question, ...earlierQuestions.slice(-5).reverse()].join("\n").slice(0, 1_000);
}

/** The messages since the last answer, joined: a burst is one question. */
export function openQuestion(messages: readonly SpokenMessage[]): string {
  const lastAnswer = messages.findLastIndex(({ author }) => author === "assistant" || author === "operator");
  return messages
    .slice(lastAnswer + 1)
    .filter(({ author, text }) => author === "visitor" && text !== "")
    .map(({ text }) => text)
    .join("\n");
}

/** What was asked before the open question, oldest first. */
export function earlierQuestions(messages: readonly SpokenMessage[]): string[] {
  const lastAnswer = messages.findLastIndex(({ author }) => author === "assistant" || author === "operator");
  return messages
    .slice(0, lastAnswer + 1)
    .flatMap(({ author, text }) => (author === "visitor" && text !== "" ? [text] : []));
}

/** The memory of the model. Notices of the system are nobody's words; people of the team speak as the assistant's side. */
export function modelMessages(messages: readonly SpokenMessage[]): { role: "user" | "assistant"; text: string }[] {
  const spoken: { role: "user" | "assistant"; text: string }[] = [];
  for (const { author, text } of messages) {
    // A picture without a caption has no words; providers refuse a message without any.
    if (author === "system" || text === "") continue;
    const role = author === "visitor" ? ("user" as const) : ("assistant" as const);
    const previous = spoken.at(-1);
    // Providers refuse two messages of one side in a row.
    if (previous?.role === role) previous.text += `\n${text}`;
    else spoken.push({ role, text });
  }
  return spoken[0]?.role === "assistant" ? spoken.slice(1) : spoken;
}

/** Messages older than this many are folded into the summary. */
export const memory = { recentMessages: 10, summarizeAfter: 20 } as const;

/** Whether enough has gone by unsummarised that a summary is worth a job. */
export function needsSummary(lastSeq: number, summaryThroughSeq: number): boolean {
  return lastSeq - summaryThroughSeq > memory.summarizeAfter;
}

/** A summary without a model: what the visitor asked, newest kept when room is short. */
export function listQuestions(previous: string, messages: readonly SpokenMessage[], maxChars = 1_200): string {
  const asked = messages
    .filter(({ author, text }) => author === "visitor" && text !== "")
    .map(({ text }) => `- ${text.replace(/\s+/g, " ").slice(0, 160)}`);
  const lines = [...previous.split("\n").filter(Boolean), ...asked];
  while (lines.length > 1 && lines.join("\n").length > maxChars) lines.shift();
  return lines.join("\n");
}
