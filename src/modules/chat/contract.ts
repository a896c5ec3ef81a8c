import * as z from "zod";
import type { UIMessage } from "ai";
import type { StoredTimings } from "@/db/schema/generations";
import { storable } from "@/lib/text";
import { messageText, type Citation, type GivenThumb } from "@/modules/dialogs/contract";

export const chatInput = z.object({
  assistantId: z.uuid(),
  dialogId: z.uuid().optional(),
  /** The client's own id of the message; the same id again gets the same answer. */
  id: z
    .string()
    .min(1)
    .max(100)
    .refine((id) => id === storable(id), "id"),
  text: messageText,
});
export const stopInput = z.object({ dialogId: z.uuid() });
export const explainInput = z.object({ messageId: z.uuid() });

export type ChatInput = z.infer<typeof chatInput>;

/** Why a question got no answer. */
export const TURN_REASONS = [
  "handoff",
  "assistant-off",
  "ended",
  "no-funds",
  "not-offered",
  "superseded",
  "discarded",
  "failed",
] as const;
export type TurnReason = (typeof TURN_REASONS)[number];

export type TurnAnswer = {
  messageId: string;
  text: string;
  citations: Citation[];
  model: string;
  provider: string;
  isDemoModel: boolean;
  /** What the answer cost the workspace; null for one that was never priced. */
  chargeMicros: number | null;
  /** Null for an answer that was there already. */
  timings: StoredTimings | null;
};

export type TurnOutcome =
  | { ok: true; isRepeat: boolean; answer: TurnAnswer }
  /** `notice` is what the visitor may be told, in the dialog's language; `neededMicros` what a member would have to pay. */
  | { ok: false; reason: TurnReason; notice: string | null; neededMicros?: number | null };

/** What a turn tells while it runs. Texts and citations are final only with the outcome. */
export type TurnPart =
  | { type: "model"; model: string; provider: string; isDemoModel: boolean }
  | { type: "text"; text: string }
  | { type: "citation"; citation: Citation };

/** What the stream says about an answer beside its text. */
export type ChatMetadata = {
  dialogId: string;
  visitorMessageId: string;
  model?: string;
  provider?: string;
  isDemoModel?: boolean;
  timings?: StoredTimings;
  chargeMicros?: number | null;
  /** The person's own thumb under a stored answer. */
  ownThumb?: GivenThumb | null;
  /** Set when no answer came. */
  reason?: TurnReason;
};

/** The part of a source that a citation chip opens. */
export type SourceDetail = {
  n: number;
  chunkId: string;
  documentId: string | null;
  qaId: string | null;
  quote: string;
};

export type ChatMessage = UIMessage<ChatMetadata>;

export type ExplainedPassage = {
  n: number;
  chunkId: string;
  documentId: string | null;
  qaId: string | null;
  title: string;
  heading: string;
  page: number | null;
  text: string;
  /** 0 to 1 within this search. */
  score: number;
  isCited: boolean;
};

export type Explanation = {
  messageId: string;
  query: string;
  promptVersion: number;
  prompt: string;
  passages: ExplainedPassage[];
  provider: string;
  model: string;
  isDemoModel: boolean;
  promptTokens: number | null;
  completionTokens: number | null;
  costMicros: number | null;
  timings: StoredTimings | null;
};
