import { excerpt } from "@/lib/text";
import { detectRequest } from "@/modules/handoff/detector/rules";

export type TalkMessage = { author: "visitor" | "assistant" | "operator" | "system"; text: string };

/** What was said before a boundary, short: the newest lines that fit, without the requests for a person, which are settled. */
export function summarizeTalk(messages: readonly TalkMessage[], maxChars = 1_000): string {
  const lines = messages
    .filter(({ author, text }) => (author === "visitor" ? !detectRequest(text).fires : author !== "system"))
    .map(({ author, text }) => `- ${author}: ${excerpt(text, 200)}`);
  while (lines.length > 1 && lines.join("\n").length > maxChars) lines.shift();
  return lines.join("\n");
}
