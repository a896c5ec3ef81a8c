import { createTranslator } from "next-intl";
import type { HandoffTrigger } from "@/db/enums";
import { MESSAGES } from "@/i18n/messages";
import { AppError } from "@/lib/errors";
import type { Locale } from "@/lib/locales";
import { requireAssistant } from "@/modules/assistants/server/service";
import type { CheckInput, DetectorCheck, HandoffResult } from "@/modules/handoff/contract";
import { DETECTOR_THRESHOLD, detectGaveUp, detectRequest } from "@/modules/handoff/detector/rules";
import type { WorkspaceCtx } from "@/server/context";
import { takeContact } from "./contact/service";
import type { VisitorWords } from "./hours/opening";
import { offersTrigger } from "./repository";
import { requestHandoff } from "./service";

/** What the detector makes of a visitor's text, for whoever sets an assistant up. Refuses: NOT_FOUND. */
export async function checkText(ctx: WorkspaceCtx, { assistantId, text }: CheckInput): Promise<DetectorCheck> {
  const { handoffTriggers: triggers } = await requireAssistant(ctx, assistantId);
  const detection = detectRequest(text);
  return { ...detection, threshold: DETECTOR_THRESHOLD, passesOn: triggers.includes("words") && detection.fires };
}

type Trigger = { dialogId: string; triggers: readonly HandoffTrigger[]; question: string };
type Asked = Trigger & {
  earlierQuestions: readonly string[];
  earlierAnswers: readonly string[];
  /** Whether a contact in the question is one that was asked for. */
  isContactAsked: boolean;
};

/**
 * Passes the dialog to people when the visitor's question asks for it, or shows that the assistant does not get on. A contact
 * that was asked for is taken. True when nothing is to be answered: the dialog waits now, the visitor was told what is true,
 * or, in the playground, a note says what would happen.
 */
export async function handOffIfAsked(ctx: WorkspaceCtx, asked: Asked): Promise<boolean> {
  const { dialogId, triggers, question, earlierQuestions, earlierAnswers } = asked;
  if (asked.isContactAsked && (await takeContact(ctx, { dialogId, text: question }))) return true;
  const trouble = triggers.includes("trouble") ? { earlierQuestions, earlierAnswers } : {};
  const { reason } = detectRequest(question, trouble);
  if (reason === null || (reason === "keyword" && !triggers.includes("words"))) return false;
  return handOff(ctx, { dialogId, reason, question });
}

type Answered = Trigger & {
  /** At which the answer began. */
  epoch: number;
  answer: string;
  isCited: boolean;
  /** Why the model itself wants a person; null when it does not. */
  callsPerson: string | null;
  /** Whether the answer's words are said before people come. */
  saysWords: boolean;
};

/** The same for an answer that gives up, or comes with the model's own call. */
export async function handOffAnswer(ctx: WorkspaceCtx, answered: Answered): Promise<boolean> {
  const { dialogId, epoch, triggers, question, answer, isCited, callsPerson, saysWords } = answered;
  const lastWords = saysWords && answer !== "" ? answer : undefined;
  if (callsPerson !== null && triggers.includes("model")) {
    const text = callsPerson === "" ? undefined : teamWords(ctx.locale)("reasonNote", { reason: callsPerson });
    // Without words of its own there is no answer that could go to the visitor instead.
    const isUrgent = answer === "";
    return handOff(ctx, { dialogId, epoch, reason: "auto_trigger", text, question, lastWords, isUrgent });
  }
  if (!triggers.includes("gave-up") || !detectGaveUp(answer, { isCited }).fires) return false;
  return handOff(ctx, { dialogId, epoch, reason: "fallback", question, lastWords });
}

/**
 * A visitor presses the button or sends the command. Null where the assistant's settings offer no person. Refuses as
 * `requestHandoff`.
 */
export async function askForPerson(
  ctx: WorkspaceCtx,
  { dialogId, requestId }: { dialogId: string; requestId: string },
): Promise<HandoffResult | null> {
  if (!(await offersTrigger(ctx.db, ctx.workspaceId, dialogId, "buttons"))) return null;
  return requestHandoff(ctx, { dialogId, reason: "manual", requestId });
}

/** Passes the dialog of a dissatisfied visitor on, where its assistant is set to. A repeat with the same key changes nothing. */
export async function handOffIfDisliked(
  ctx: WorkspaceCtx,
  { dialogId, key, noteOf }: { dialogId: string; key: string; noteOf: (t: VisitorWords) => string },
): Promise<boolean> {
  if (!(await offersTrigger(ctx.db, ctx.workspaceId, dialogId, "rating"))) return false;
  const text = noteOf(teamWords(ctx.locale));
  // A rating often comes right after a release, which is then what it is about.
  return handOff(ctx, { dialogId, reason: "auto_trigger", requestId: `disliked:${key}`, text, isUrgent: true });
}

async function handOff(ctx: WorkspaceCtx, request: Parameters<typeof requestHandoff>[1]): Promise<boolean> {
  try {
    const { status, isPreview, isClosed } = await requestHandoff(ctx, request);
    return status !== "none" || isPreview === true || isClosed === true;
  } catch (error) {
    // Too many requests a minute or a colleague who was faster: the turn goes on, and its fence knows what is true.
    if (error instanceof AppError && (error.code === "RATE_LIMITED" || error.code === "CONFLICT")) return false;
    throw error;
  }
}

function teamWords(locale: Locale): VisitorWords {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "handoff.visitor" });
}
