import { ModelError } from "@/modules/ai/server/errors";

/** Why a running turn ends before its time. Only `stopped`, a person's own choice, keeps what was written. */
export type AbortKind = "stopped" | "superseded" | "unheard" | "shutdown" | "taken";

export class TurnAbort extends Error {
  override readonly name = "TurnAbort";
  constructor(readonly kind: AbortKind) {
    super(`The turn was ended: ${kind}.`);
  }
}

/** A short code for the row and the log; never a message. */
export function codeOf(error: unknown): string {
  if (error instanceof TurnAbort) return error.kind;
  if (error instanceof ModelError) return `${error.provider}:${error.code}`;
  if (error instanceof DOMException && error.name === "TimeoutError") return "deadline";
  return "defect";
}
