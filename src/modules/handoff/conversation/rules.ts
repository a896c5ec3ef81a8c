import type { RailHolder } from "@/components/ui/handover-rail";
import type { MessageItem, NoteItem } from "@/modules/dialogs/contract";
import type { Episode } from "./contract";

/** Words of an answer that was not sent, as far as it came. */
export type UnsentDraft = { id: string; text: string; at: Date };

/** One line of a conversation as it is drawn, oldest first. `day` is the calendar day in the person's zone. */
export type ThreadRow = { key: string; holder: RailHolder; startsHere: boolean } & (
  | { kind: "day"; at: Date }
  | { kind: "unread" }
  | { kind: "message"; message: MessageItem; hasHeader: boolean }
  | { kind: "note"; note: NoteItem; hasHeader: boolean }
  | { kind: "draft"; draft: UnsentDraft }
  | { kind: "live"; text: string }
);

export type ThreadFacts = {
  /** In the order of the dialog, without gaps. */
  messages: readonly MessageItem[];
  notes: readonly NoteItem[];
  drafts: readonly UnsentDraft[];
  /** What the assistant is writing at this moment; null while it writes nothing. */
  live: string | null;
  episodes: readonly Pick<Episode, "beganAt" | "takenAt" | "endedAt">[];
  endedAt: Date | null;
  /** Whether nothing older is left to be loaded; until then notes from before the first message wait. */
  isWhole: boolean;
  /** The first message that nobody of the team had read when the conversation was opened. */
  firstUnreadSeq: number | null;
  /** Names the calendar day of an instant in the person's zone, for instance 2025-11-22. */
  dayOf: (at: Date) => string;
};

const SAME_HEADER_MS = 3 * 60_000;

type Piece = { at: Date } & (
  { kind: "message"; message: MessageItem } | { kind: "note"; note: NoteItem } | { kind: "draft"; draft: UnsentDraft }
);

/** Messages, notes and unsent drafts as one conversation, with its days, its unread mark and its rail. */
export function threadRows(facts: ThreadFacts): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = "";
  let before: Piece | undefined;
  let holderBefore: RailHolder | undefined;
  const add = (row: ThreadRow) => {
    rows.push(row);
    holderBefore = row.holder;
  };
  for (const piece of interleave(facts)) {
    const holder = holderAt(facts, piece.at);
    const today = facts.dayOf(piece.at);
    if (today !== day) {
      add({ kind: "day", key: `day:${today}`, at: piece.at, holder: holderBefore ?? holder, startsHere: false });
      day = today;
      before = undefined;
    }
    if (piece.kind === "message" && piece.message.seq === facts.firstUnreadSeq) {
      add({ kind: "unread", key: "unread", holder: holderBefore ?? holder, startsHere: false });
      before = undefined;
    }
    const startsHere = holderBefore !== holder || rows.length === 1;
    const hasHeader = !isSameSpeaker(before, piece);
    const rail = { holder, startsHere };
    if (piece.kind === "message") {
      add({ kind: "message", key: piece.message.id, message: piece.message, hasHeader, ...rail });
    } else if (piece.kind === "note") {
      add({ kind: "note", key: `note:${piece.note.id}`, note: piece.note, hasHeader, ...rail });
    } else add({ kind: "draft", key: `draft:${piece.draft.id}`, draft: piece.draft, ...rail });
    before = piece;
  }
  if (facts.live !== null) add({ kind: "live", key: "live", text: facts.live, holder: "ai", startsHere: false });
  return rows;
}

// A note stands behind what was said before it; messages never change places among themselves.
function interleave({ messages, notes, drafts, isWhole }: ThreadFacts): Piece[] {
  const since = messages[0]?.createdAt;
  const isShown = ({ at }: Piece) => isWhole || (since !== undefined && at >= since);
  const asides: Piece[] = [
    ...notes.map((note) => ({ kind: "note", note, at: note.createdAt }) as const),
    ...drafts.map((draft) => ({ kind: "draft", draft, at: draft.at }) as const),
  ]
    .filter(isShown)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const pieces: Piece[] = [];
  let next = 0;
  for (const message of messages) {
    for (let aside = asides[next]; aside && aside.at < message.createdAt; aside = asides[next]) {
      pieces.push(aside);
      next += 1;
    }
    pieces.push({ kind: "message", message, at: message.createdAt });
  }
  return [...pieces, ...asides.slice(next)];
}

/** Who held a dialog at an instant: the assistant, nobody yet, a person, or no one since it ended. */
export function holderAt({ episodes, endedAt }: Pick<ThreadFacts, "episodes" | "endedAt">, at: Date): RailHolder {
  if (endedAt && at > endedAt) return "none";
  const episode = episodes.findLast(({ beganAt }) => beganAt <= at);
  if (!episode || (episode.endedAt && episode.endedAt <= at)) return "ai";
  return episode.takenAt && episode.takenAt <= at ? "operator" : "waiting";
}

function isSameSpeaker(before: Piece | undefined, piece: Piece): boolean {
  if (!before || piece.at.getTime() - before.at.getTime() >= SAME_HEADER_MS) return false;
  if (before.kind === "message" && piece.kind === "message") {
    const [one, other] = [before.message, piece.message];
    return one.author === other.author && one.authorName === other.authorName;
  }
  return before.kind === "note" && piece.kind === "note" && before.note.authorId === piece.note.authorId;
}

/** The number of the first unread message: the one with which the last `unreadCount` of the visitor begin. */
export function firstUnread(
  messages: readonly Pick<MessageItem, "seq" | "author">[],
  unreadCount: number,
): number | null {
  if (unreadCount <= 0) return null;
  const ofVisitor = messages.filter(({ author }) => author === "visitor");
  return ofVisitor.at(-Math.min(unreadCount, ofVisitor.length))?.seq ?? null;
}

/** How many messages one page of history holds; pages are cut at fixed numbers, so that they stay the same for ever. */
export const HISTORY_PAGE = 50;

/** The page of a message, by its number in the dialog. */
export const pageOf = (seq: number) => Math.floor((seq - 1) / HISTORY_PAGE);

/** The cursor with which a page is asked for. */
export const cursorOf = (page: number) => String((page + 1) * HISTORY_PAGE + 1);
