import type { HandoffTrigger } from "@/db/enums";
import { AppError } from "@/lib/errors";
import { requireAssistant } from "@/modules/assistants/server/service";
import type { CheckInput, DetectorCheck } from "@/modules/handoff/contract";
import { DETECTOR_THRESHOLD, detectGaveUp, type Detection, detectRequest } from "@/modules/handoff/detector/rules";
import type { WorkspaceCtx } from "@/server/context";
import { requestHandoff } from "./service";

/** What the detector makes of a visitor's text, for whoever sets an assistant up. Refuses: NOT_FOUND. */
export async function checkText(ctx: WorkspaceCtx, { assistantId, text }: CheckInput): Promise<DetectorCheck> {
  const { handoffTriggers: triggers } = await requireAssistant(ctx, assistantId);
  const detection = detectRequest(text);
  return { ...detection, threshold: DETECTOR_THRESHOLD, passesOn: triggers.includes("words") && detection.fires };
}

type Trigger = { dialogId: string; triggers: readonly HandoffTrigger[] };

/**
 * Passes the dialog to people when the visitor's question asks for it, or asks the same again and again. True when
 * nothing is to be answered: the dialog waits now, or, in the playground, a note says that it would.
 */
export async function handOffIfAsked(
  ctx: WorkspaceCtx,
  { dialogId, triggers, question, earlierQuestions }: Trigger & { question: string; earlierQuestions: readonly string[] },
): Promise<boolean> {
  const detection = detectRequest(question, triggers.includes("trouble") ? { earlierQuestions } : {});
  if (detection.reason === "keyword" && !triggers.includes("words")) return false;
  return handOff(ctx, dialogId, detection);
}

/** The same for an answer that gives up. */
export async function handOffIfGaveUp(
  ctx: WorkspaceCtx,
  { dialogId, triggers, answer, isCited }: Trigger & { answer: string; isCited: boolean },
): Promise<boolean> {
  return triggers.includes("gave-up") && handOff(ctx, dialogId, detectGaveUp(answer, { isCited }));
}

async function handOff(ctx: WorkspaceCtx, dialogId: string, { reason }: Detection): Promise<boolean> {
  if (!reason) return false;
  try {
    const { status, isPreview } = await requestHandoff(ctx, { dialogId, reason });
    return status !== "none" || isPreview === true;
  } catch (error) {
    // Too many requests a minute or a colleague who was faster: the turn goes on, and its fence knows what is true.
    if (error instanceof AppError && (error.code === "RATE_LIMITED" || error.code === "CONFLICT")) return false;
    throw error;
  }
}
