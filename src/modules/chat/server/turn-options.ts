import type { StoredCitation } from "@/db/schema/dialogs";
import type { TurnPart } from "@/modules/chat/contract";
import type { FirstPart, LeavingParts } from "./outbox-repository";
import type { ClaimedTurn } from "./repository";

export type TurnRef = { dialogId: string; messageId: string };

export type TurnOptions = {
  /** Ends the turn; a `TurnAbort` as its reason says what becomes of the words written so far. */
  signal?: AbortSignal;
  /** Hears that the turn has begun: its price is held and the model will be asked. */
  onBegin?: (begun: { epoch: number }) => void;
  /** Hears the answer as it is written. What it hears may still be discarded. */
  onPart?: (part: TurnPart) => void;
  /** What an answer leaves as through its channel; the statement that settles it writes that too. Also for the notice of a failed turn. */
  leaveAs?: (message: { text: string; citations: StoredCitation[]; isNotice: boolean }) => LeavingParts;
  /** Hears that the first part of what left is its own to send, because `leaveAs` asked for that. */
  onLeft?: (left: FirstPart) => void;
  /** Set by a caller that alone serves the dialog: a running generation that it finds belongs to a dead process. */
  isOnlyServer?: boolean;
  /** Whether a failure may still be tried again by the caller; the visitor is told only of the last one. */
  mayRetry?: boolean;
  /** The id that the answer will have; for a stream that has to name it at its start. */
  answerId?: string;
};

/** A turn whose claim is held. */
export type Run = { claimed: ClaimedTurn; generationId: string; options: TurnOptions };
