import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import { AppError, notFound } from "@/lib/errors";
import type { HandoffResult, ReleaseInput, ResetInput, TransferInput } from "@/modules/handoff/contract";
import { loadKind, mayTake, presenceOf } from "@/modules/handoff/rules";
import { summarizeTalk } from "@/modules/handoff/talk/rules";
import type { MemberCtx, UserCtx, WorkspaceCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { tellVisitor } from "./notices";
import { countLoad, findMemberName, lockPresence, type PresenceRow } from "./presence/repository";
import { markActing } from "./presence/service";
import { findDialog, findWorkspaceOf, type HandoffDialog } from "./repository";
import { listTalk } from "./talk-repository";
import { updateSession } from "./episodes-repository";
import { openEpisode } from "./service";
import { conflict, holdDialog, judge, move, returnToAssistant } from "./transition";

// Lock order everywhere: presence, then dialog. Two takers of two dialogs can then never wait for each other.

/**
 * Takes a waiting dialog, or one that the assistant answers. Of several takers one wins, the others get a CONFLICT with the
 * holder's name. Taking one's own again is fine. Refuses: NOT_FOUND; CONFLICT when it is taken or ended, the caller is away, or
 * the caller's capacity for the channel is used up.
 */
export async function takeDialog(
  ctx: MemberCtx,
  { dialogId, requestId }: { dialogId: string; requestId?: string },
): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const { userId } = tx.actor;
    const presence = await lockPresence(tx.db, tx.workspaceId, userId);
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "take");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    if (decision.kind === "stay") return { status: "active" };
    if (!mayTake(presence, tx.now())) throw away("You are away. Come back online to take dialogs.", "you-are-away");
    await assertRoom(tx, presence, userId, dialog);
    await markActing(tx, presence);
    const now = tx.now();
    if (dialog.sessionId)
      await updateSession(tx.db, tx.workspaceId, dialog.sessionId, { takenBy: userId, takenAt: now });
    else await openEpisode(tx, dialog, { reason: "manual", requestId, takenBy: userId });
    const moved = await move(tx, dialog, "active", { event: "handoff.started", operation: "handoff.taken" });
    await tellVisitor(tx, moved, { kind: "joined", name: await nameOf(tx, userId) });
    return { status: "active" };
  });
}

/** Hands a dialog to another member who is online and has room. Refuses: NOT_FOUND for dialog or person; CONFLICT. */
export async function transferDialog(ctx: MemberCtx, { dialogId, userId }: TransferInput): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const name = await nameOf(tx, userId);
    const presence = await lockPresence(tx.db, tx.workspaceId, userId);
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "transfer");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    if (dialog.takenBy === userId) return { status: "active" };
    if (presenceOf(presence, tx.now()) !== "online") throw away(`${name} is not online.`, "target-away");
    await assertRoom(tx, presence, userId, dialog);
    if (dialog.sessionId)
      await updateSession(tx.db, tx.workspaceId, dialog.sessionId, { takenBy: userId, takenAt: tx.now() });
    const moved = await move(tx, dialog, "active", {
      event: "handoff.started",
      operation: "handoff.transferred",
      detail: { to: userId },
    });
    await tellVisitor(tx, moved, { kind: "transferred", name });
    return { status: "active" };
  });
}

/** Gives a dialog back to the assistant, behind a boundary. By its holder, or an owner or admin. Refuses: NOT_FOUND, CONFLICT. */
export async function releaseDialog(ctx: MemberCtx, { dialogId, summary }: ReleaseInput): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "release");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    const effects = { event: "handoff.released", operation: "handoff.released" } as const;
    const moved = await returnToAssistant(tx, dialog, "released", effects, summary);
    await tellVisitor(tx, moved, { kind: "released" });
    return { status: "none" };
  });
}

/** What the assistant would be told of the talk so far, for the operator to change. Refuses: NOT_FOUND. */
export async function proposeSummary(ctx: WorkspaceCtx, dialogId: string): Promise<{ summary: string }> {
  const dialog = await findDialog(ctx.db, ctx.workspaceId, dialogId);
  if (!dialog) throw notFound("Dialog");
  const t = createTranslator({ locale: ctx.locale, messages: MESSAGES[ctx.locale], namespace: "dialogs.author" });
  const speakers = {
    visitor: t("visitor").toLowerCase(),
    assistant: t("assistant").toLowerCase(),
    operator: t("operator").toLowerCase(),
    system: t("system").toLowerCase(),
  };
  return { summary: summarizeTalk(await listTalk(ctx.db, ctx.workspaceId, dialogId, dialog.boundarySeq), speakers) };
}

/** Frees a dialog from whatever holds it, for managers and staff; the reason goes to the audit log. Refuses: NOT_FOUND, CONFLICT. */
export async function resetDialog(ctx: WorkspaceCtx, { dialogId, reason }: ResetInput): Promise<HandoffResult> {
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    const decision = judge(tx, dialog, "reset");
    if (decision.kind === "refuse") throw conflict(decision.reason, dialog);
    const outcome = dialog.handoffStatus === "active" ? "released" : "cancelled";
    const effects = { event: `handoff.${outcome}`, operation: "handoff.reset", detail: { reason } } as const;
    const moved = await returnToAssistant(tx, dialog, outcome, effects);
    await tellVisitor(tx, moved, { kind: outcome });
    return { status: "none" };
  });
}

/** The same in any workspace, for staff of the platform. Refuses: NOT_FOUND, CONFLICT. */
export async function resetAnywhere(ctx: UserCtx, input: ResetInput): Promise<HandoffResult> {
  // Staff may act in any workspace: the one that the dialog proves.
  const workspaceId = await findWorkspaceOf(ctx.db, input.dialogId);
  if (!workspaceId) throw notFound("Dialog");
  return resetDialog({ ...ctx, workspaceId }, input);
}

/** Refuses: CONFLICT when the person's capacity for the dialog's channel is used up. */
export async function assertRoom(
  ctx: MemberCtx,
  presence: PresenceRow,
  userId: string,
  dialog: HandoffDialog,
): Promise<void> {
  const kind = loadKind(dialog.channel);
  const load = (await countLoad(ctx.db, ctx.workspaceId, userId))[kind];
  const capacity = kind === "telegram" ? presence.telegramCapacity : presence.siteCapacity;
  if (load < capacity) return;
  throw new AppError("CONFLICT", `${load} of ${capacity} dialogs are taken already. Return or close one first.`, {
    facts: { reason: userId === ctx.actor.userId ? "capacity" : "target-full", load, capacity },
  });
}

/** The name of a member of the workspace. Refuses: NOT_FOUND. */
export async function nameOf(ctx: MemberCtx, userId: string): Promise<string> {
  const name = await findMemberName(ctx.db, ctx.workspaceId, userId);
  if (name === undefined) throw notFound("Member");
  return name;
}

function away(sentence: string, reason: "you-are-away" | "target-away"): AppError {
  return new AppError("CONFLICT", sentence, { facts: { reason } });
}
