import type { HandoffReason } from "@/db/enums";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { addTeamNote } from "@/modules/dialogs/server/notes";
import type { HandoffResult, HandoffState, RequestHandoffInput } from "@/modules/handoff/contract";
import { mayOverride } from "@/modules/handoff/policy";
import { isQuiet, requestQuota } from "@/modules/handoff/rules";
import type { WorkspaceCtx } from "@/server/context";
import { writeMessage } from "@/modules/dialogs/server/writing";
import { enforceLimit } from "@/server/rate-limit/limit";
import { inTransaction } from "@/server/transaction";
import { turnAway } from "./contact/service";
import { reachOf } from "./hours/service";
import { mailTeam } from "./mail";
import { tellVisitor } from "./notices";
import { insertSession, updateSession, wasRequested } from "./episodes-repository";
import { findDialog, type HandoffDialog } from "./repository";
import { conflict, holdDialog, judge, move, resultOf, returnToAssistant, settleTalk } from "./transition";

// The assistant's own trouble.
const TROUBLE: readonly HandoffReason[] = ["fallback", "retries", "auto_trigger"];

type Request = RequestHandoffInput & {
  /** What the visitor just wrote; a contact in it is taken when nobody is there. */
  question?: string;
  /** The assistant's last words, which the visitor still hears before people come. Free of charge. */
  lastWords?: string;
  /** Also right after a release: there is nothing else that the visitor could be told. */
  isUrgent?: boolean;
  /** Of the turn that asks: one that a newer message or a person has overtaken asks for nobody any more. */
  epoch?: number;
};

/**
 * Asks for a person. A repeat, with the same or another request id, keeps episode, place and time, and an id that was served
 * before opens nothing again. An automatic request within five minutes of a release changes nothing. Outside working hours
 * the visitor is told when somebody is back and asked for a contact; in the playground it only leaves a note. Refuses:
 * NOT_FOUND; CONFLICT when a person has the dialog or it has ended; RATE_LIMITED past three a minute.
 */
export async function requestHandoff(ctx: WorkspaceCtx, request: Request): Promise<HandoffResult> {
  const { dialogId, reason = "manual", requestId, text } = request;
  await enforceLimit(ctx, "handoff.request", `${ctx.workspaceId}:${dialogId}`, requestQuota);
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "request");
    const isOvertaken = request.epoch !== undefined && request.epoch !== dialog.epoch;
    if (decision.kind === "stay" || isOvertaken) return resultOf(tx, dialog);
    if (decision.kind === "refuse" && decision.reason === "preview") return notePreview(tx, dialog);
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    if (!request.isUrgent && isQuiet(reason, dialog.lastReleasedAt, tx.now())) return resultOf(tx, dialog);
    if (requestId && (await wasRequested(tx.db, tx.workspaceId, { dialogId, requestId }))) return resultOf(tx, dialog);
    const reach = await reachOf(tx);
    // Who was told already hears it again only for asking.
    if (!reach.isOpen && dialog.contactAskedAt && !request.isUrgent && TROUBLE.includes(reason))
      return resultOf(tx, dialog);
    if (request.lastWords) await sayLastWords(tx, dialog, request.lastWords);
    if (text) await addTeamNote(tx, { dialogId, id: `handoff:${newId()}`, text });
    if (!reach.isOpen) return turnAway(tx, dialog, reach, { ...request, reason });
    const session = await openEpisode(tx, dialog, { reason, requestId });
    const waiting = {
      ...(await move(tx, dialog, "requested", {
        event: "handoff.requested",
        operation: "handoff.requested",
        detail: { reason },
      })),
      ...session,
    };
    const result = await resultOf(tx, waiting);
    const { position = 1, waitMinutes = 0 } = result;
    await tellVisitor(tx, waiting, { kind: "requested", position, minutes: waitMinutes });
    await updateSession(tx.db, tx.workspaceId, session.sessionId, { toldPosition: position });
    await mailTeam(tx, waiting, { rung: 0 });
    return result;
  });
}

/** Back to the assistant before anybody came: by the visitor or a member. Refuses: NOT_FOUND; CONFLICT unless it waits. */
export async function cancelHandoff(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "cancel");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    const effects = { event: "handoff.cancelled", operation: "handoff.cancelled" } as const;
    const moved = await returnToAssistant(tx, dialog, "cancelled", effects);
    await tellVisitor(tx, moved, { kind: "cancelled" });
    return { status: "none" };
  });
}

/** Where a dialog stands now. Refuses: NOT_FOUND. */
export async function handoffState(ctx: WorkspaceCtx, dialogId: string): Promise<HandoffState> {
  const dialog = await findDialog(ctx.db, ctx.workspaceId, dialogId);
  if (!dialog) throw notFound("Dialog");
  const { reason, requestedAt, takenAt, takenBy, holderName } = dialog;
  return {
    ...(await resultOf(ctx, dialog)),
    reason,
    requestedAt,
    takenAt,
    holder: takenBy === null ? null : { userId: takenBy, name: holderName ?? "" },
    snoozedUntil: dialog.snoozedUntil && dialog.snoozedUntil > ctx.now() ? dialog.snoozedUntil : null,
    isMine: ctx.actor.kind === "member" && ctx.actor.userId === takenBy,
    mayOverride: ctx.actor.kind === "member" && mayOverride(ctx.actor.memberRole),
  };
}

type Opening = {
  reason: NonNullable<RequestHandoffInput["reason"]> | "operator_lost";
  requestId?: string;
  /** Of a dialog that lost its operator: the first time it was asked for. */
  requestedAt?: Date;
  takenBy?: string;
};

/** Opens an episode for a held dialog that has none. */
export async function openEpisode(ctx: WorkspaceCtx, dialog: HandoffDialog, opening: Opening) {
  const now = ctx.now();
  const { takenBy, requestedAt = now, ...rest } = opening;
  const sessionId = newId();
  await insertSession(ctx.db, ctx.workspaceId, {
    ...rest,
    id: sessionId,
    dialogId: dialog.id,
    requestedAt,
    createdAt: now,
    ...(takenBy !== undefined && { takenBy, takenAt: now }),
  });
  return { sessionId, requestedAt, reason: opening.reason, rung: 0 };
}

async function notePreview(ctx: WorkspaceCtx, dialog: HandoffDialog): Promise<HandoffResult> {
  const reach = await reachOf(ctx);
  await settleTalk(ctx, dialog);
  // The number of messages tells one request of the playground from the next.
  const key = String(dialog.messageSeq);
  if (reach.isOpen) await tellVisitor(ctx, { ...dialog, epoch: dialog.messageSeq }, { kind: "preview" });
  else await tellVisitor(ctx, dialog, { kind: "previewClosed", reach, key });
  return { status: "none", isPreview: true, ...(!reach.isOpen && { isClosed: true, opensAt: reach.opensAt }) };
}

/** The epoch rises with each visitor's message, so there is one such answer to each. */
async function sayLastWords(ctx: WorkspaceCtx, dialog: HandoffDialog, text: string): Promise<void> {
  const clientId = `handoff:words:${dialog.epoch}`;
  await writeMessage(ctx, { dialogId: dialog.id, author: "assistant", clientId, text });
}
