import type { DialogDetail, MessageItem } from "@/modules/dialogs/contract";
import type { HandoffState } from "@/modules/handoff/contract";

export type Hindrance = "ended" | "preview" | "unreachable" | "held";

/** Why nobody can write to the visitor here and now; notes are always possible. */
export function hindranceOf(
  dialog: Pick<DialogDetail, "status" | "channel" | "isReachable">,
  state: Pick<HandoffState, "status" | "isMine" | "mayOverride">,
): Hindrance | null {
  if (dialog.status === "ended") return "ended";
  if (dialog.channel === "preview") return "preview";
  if (!dialog.isReachable) return "unreachable";
  return state.status === "active" && !state.isMine && !state.mayOverride ? "held" : null;
}

type Said = Pick<MessageItem, "seq" | "author" | "authorId" | "authorName" | "createdAt">;

/** The newest words of another person of the team behind a message; null when there are none. */
export function colleagueAfter<Message extends Said>(
  messages: readonly Message[],
  sinceSeq: number,
  userId: string,
): Message | null {
  return (
    messages.findLast(({ seq, author, authorId }) => seq > sinceSeq && author === "operator" && authorId !== userId) ??
    null
  );
}

/** What Telegram takes in one message; what is longer leaves as several. */
export const TELEGRAM_PART_CHARS = 4_096;

/** Refusals of a reply that somebody else was faster to make pointless: its words are worth a note, and nothing more. */
const LOST = ["with-operator", "not-yours"];

export const isLost = (reason: string | null): boolean => reason !== null && LOST.includes(reason);
