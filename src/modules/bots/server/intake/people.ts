import type { HandoffStatus } from "@/db/enums";
import { AppError } from "@/lib/errors";
import { cancelHandoff } from "@/modules/handoff/server/service";
import { askForPerson } from "@/modules/handoff/server/triggers";
import type { WorkspaceCtx } from "@/server/context";

type Held = { id: string; handoffStatus: HandoffStatus };

/** What became of a visitor's wish for a person. `called` and `closed` are told to the visitor by the handoff itself. */
export type Called =
  | { kind: "called" | "closed" | "here" | "not-offered" | "too-often" }
  | { kind: "waiting"; position: number; minutes: number };

/** Asks for a person on the visitor's behalf; a repeat keeps the place in the queue. */
export async function callPerson(ctx: WorkspaceCtx, dialog: Held, requestId: string): Promise<Called> {
  if (dialog.handoffStatus === "active") return { kind: "here" };
  try {
    const result = await askForPerson(ctx, { dialogId: dialog.id, requestId });
    if (!result) return { kind: "not-offered" };
    const { position, waitMinutes, isClosed } = result;
    if (isClosed) return { kind: "closed" };
    if (dialog.handoffStatus === "none") return { kind: "called" };
    return { kind: "waiting", position: position ?? 1, minutes: waitMinutes ?? 0 };
  } catch (error) {
    if (isRefusal(error, "CONFLICT")) return { kind: "here" };
    if (isRefusal(error, "RATE_LIMITED")) return { kind: "too-often" };
    throw error;
  }
}

/** The visitor wants the assistant back. False when a person has the dialog by now. */
export async function callAssistant(ctx: WorkspaceCtx, dialog: Held): Promise<boolean> {
  if (dialog.handoffStatus === "none") return true;
  try {
    await cancelHandoff(ctx, { dialogId: dialog.id });
    return true;
  } catch (error) {
    if (isRefusal(error, "CONFLICT")) return false;
    throw error;
  }
}

const isRefusal = (error: unknown, code: AppError["code"]) => error instanceof AppError && error.code === code;
