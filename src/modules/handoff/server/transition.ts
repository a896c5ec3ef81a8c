import type { HandoffOutcome } from "@/db/enums";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { HandoffResult } from "@/modules/handoff/contract";
import { mayOverride } from "@/modules/handoff/policy";
import {
  decide,
  type HandoffActor,
  type HandoffDecision,
  type HandoffEvent,
  type HandoffRefusal,
  waitMinutes,
} from "@/modules/handoff/rules";
import { summarizeTalk } from "@/modules/handoff/talk/rules";
import type { Actor, WorkspaceCtx } from "@/server/context";
import { type EventType, publish } from "@/server/realtime/publish";
import { drawBoundary, findDialog, type HandoffDialog, lockDialog, moveDialog } from "./repository";
import { listTalk } from "./talk-repository";
import { positionOf, updateSession } from "./episodes-repository";

/** The dialog's row, held until the transaction ends, with its open episode. Refuses: NOT_FOUND. */
export async function holdDialog(ctx: WorkspaceCtx, dialogId: string): Promise<HandoffDialog> {
  if (!(await lockDialog(ctx.db, ctx.workspaceId, dialogId))) throw notFound("Dialog");
  const dialog = await findDialog(ctx.db, ctx.workspaceId, dialogId);
  if (!dialog) throw notFound("Dialog");
  return dialog;
}

/** The decision of the machine for a held dialog and whoever acts. */
export function judge(ctx: WorkspaceCtx, dialog: HandoffDialog, event: HandoffEvent): HandoffDecision {
  const facts = {
    status: dialog.handoffStatus,
    isOpen: dialog.status === "open",
    isPreview: dialog.channel === "preview",
    holderId: dialog.takenBy,
  };
  return decide(facts, event, actorOf(ctx.actor));
}

function actorOf(actor: Actor): HandoffActor {
  if (actor.kind !== "member") return { userId: null, mayOverride: false };
  return { userId: actor.userId, mayOverride: mayOverride(actor.memberRole) };
}

const SENTENCES: Record<HandoffRefusal, string> = {
  ended: "This dialog has ended.",
  preview: "A playground dialog is not passed to people.",
  "with-operator": "A person has this dialog already.",
  "with-assistant": "The assistant has this dialog.",
  waiting: "This dialog is waiting: nobody has it yet.",
  "not-waiting": "This dialog is not waiting for a person.",
  "not-yours": "Another person has this dialog.",
};

/** A CONFLICT that names its reason and, where a person has the dialog, that person. */
export function conflict(reason: HandoffRefusal, dialog: HandoffDialog): AppError {
  const facts: Record<string, string> = { reason, status: dialog.handoffStatus };
  if (dialog.handoffStatus === "active") facts.holder = dialog.holderName ?? "";
  return new AppError("CONFLICT", SENTENCES[reason], { facts });
}

type Effects = {
  event: EventType;
  operation: string;
  detail?: Record<string, string | number | boolean | null>;
};

/** Moves a held dialog by compare-and-set, with its audit row and realtime event. The episode is the caller's. */
export async function move(
  ctx: WorkspaceCtx,
  dialog: HandoffDialog,
  to: HandoffDialog["handoffStatus"],
  { event, operation, detail }: Effects,
  boundary?: string,
): Promise<HandoffDialog> {
  const isMoved = await moveDialog(ctx.db, ctx.workspaceId, dialog.id, {
    from: dialog.handoffStatus,
    to,
    now: ctx.now(),
    boundary,
  });
  if (!isMoved) throw conflict("with-operator", dialog);
  await audit(ctx, {
    operation,
    targetKind: "dialog",
    targetId: dialog.id,
    detail: { ...detail, from: dialog.handoffStatus, to },
  });
  await publish(ctx, { type: event, ids: { dialogId: dialog.id } });
  return { ...dialog, handoffStatus: to, epoch: dialog.epoch + 1 };
}

/** Gives a held dialog back to the assistant: ends the episode and draws the boundary behind everything said so far. */
export async function returnToAssistant(
  ctx: WorkspaceCtx,
  dialog: HandoffDialog,
  outcome: HandoffOutcome,
  effects: Effects,
  summary?: string,
): Promise<HandoffDialog> {
  const talk = await listTalk(ctx.db, ctx.workspaceId, dialog.id, dialog.boundarySeq);
  const moved = await move(ctx, dialog, "none", effects, summary || summarizeTalk(talk));
  await endEpisode(ctx, dialog, outcome);
  return moved;
}

/**
 * Settles what was said so far in a held dialog that stays with the assistant: a request that was answered otherwise must not
 * be read again with the next message.
 */
export async function settleTalk(ctx: WorkspaceCtx, dialog: HandoffDialog): Promise<void> {
  const talk = await listTalk(ctx.db, ctx.workspaceId, dialog.id, dialog.boundarySeq);
  await drawBoundary(ctx.db, ctx.workspaceId, dialog.id, summarizeTalk(talk));
}

export async function endEpisode(ctx: WorkspaceCtx, dialog: HandoffDialog, outcome: HandoffOutcome): Promise<void> {
  if (dialog.sessionId) await updateSession(ctx.db, ctx.workspaceId, dialog.sessionId, { endedAt: ctx.now(), outcome });
}

/** Status with place and estimate, which exist only while the dialog waits. */
export async function resultOf(
  ctx: WorkspaceCtx,
  session: { handoffStatus: HandoffDialog["handoffStatus"]; sessionId: string | null; requestedAt: Date | null },
): Promise<HandoffResult> {
  const { handoffStatus: status, sessionId, requestedAt } = session;
  if (status !== "requested" || !sessionId || !requestedAt) return { status };
  const position = await positionOf(ctx.db, ctx.workspaceId, { sessionId, requestedAt });
  return { status, position, waitMinutes: waitMinutes(position) };
}
