import type { DocumentStatus } from "@/db/enums";
import type { DocumentItem } from "./contract";
import { headingSeparator, type IngestionFailure, RETRYABLE_FAILURES } from "./limits";

/** The six stages a person sees, in order. */
export const STAGES = ["uploading", "checking", "reading", "splitting", "indexing", "ready"] as const;
export type Stage = (typeof STAGES)[number];

const STAGE_OF: Record<DocumentStatus, Stage> = {
  queued: "checking",
  extracting: "reading",
  chunking: "splitting",
  embedding: "indexing",
  ready: "ready",
  failed: "reading",
  quarantined: "ready",
};

/** Where a document stands: its stage and the share of it that is done, 0 to 1. */
export function stageOf({ status, stage }: Pick<DocumentItem, "status" | "stage">): {
  stage: Stage;
  index: number;
  share: number;
} {
  const name = STAGE_OF[status];
  const { done = 0, total = 0 } = stage;
  return { stage: name, index: STAGES.indexOf(name), share: total > 0 ? Math.min(1, done / total) : 0 };
}

/** Whether a job is, or should be, at work on it. */
export function isWorking({ status }: Pick<DocumentItem, "status">): boolean {
  return status === "queued" || status === "extracting" || status === "chunking" || status === "embedding";
}

/** The one useful thing to do about a failure: try the same file again, bring another, or let it go. */
export function remedyOf(reason: IngestionFailure): "retry" | "upload" | "remove" {
  if (RETRYABLE_FAILURES.includes(reason)) return "retry";
  return reason === "zip-bomb" ? "remove" : "upload";
}

/** The headings over a passage, without one that the passage itself begins with. */
export function pathAbove({ heading, text }: { heading: string; text: string }): string {
  const path = heading.split(headingSeparator);
  const last = path.at(-1) ?? "";
  const isShown = last !== "" && text.replace(/^[#\s]+/, "").startsWith(last);
  return (isShown ? path.slice(0, -1) : path).join(headingSeparator);
}
