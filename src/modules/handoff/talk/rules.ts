import { excerpt } from "@/lib/text";
import { detectRequest } from "@/modules/handoff/detector/rules";

export type TalkMessage = { author: "visitor" | "assistant" | "operator" | "system"; text: string };

type Speakers = Record<TalkMessage["author"], string>;

const AS_STORED: Speakers = { visitor: "visitor", assistant: "assistant", operator: "operator", system: "system" };
const SUMMARY_CHARS = 1_000;

/**
 * What was said before a boundary, short: the newest lines that fit, without the requests for a person, which are settled.
 * `speakers` calls the sides as its reader does; the model knows them by the names that are stored.
 */
export function summarizeTalk(
  messages: readonly TalkMessage[],
  speakers: Speakers = AS_STORED,
  maxChars = SUMMARY_CHARS,
): string {
  const lines = messages
    .filter(({ author, text }) => (author === "visitor" ? !detectRequest(text).fires : author !== "system"))
    .map(({ author, text }) => `- ${speakers[author]}: ${excerpt(text, 200)}`);
  while (lines.length > 1 && lines.join("\n").length > maxChars) lines.shift();
  return lines.join("\n");
}
