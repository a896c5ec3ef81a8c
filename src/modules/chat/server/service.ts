import { AppError } from "@/lib/errors";
import type { ChatInput } from "@/modules/chat/contract";
import { findReceived, receiveInDialog, receiveMessage, type ReceivedMessage } from "@/modules/dialogs/server/receive";
import type { Ctx, MemberCtx, Person } from "@/server/context";
import { enterByAssistant, enterByDialog, previewKeyPrefix } from "./access";
import { findLive, type LiveTurn } from "./live";
import { raiseEpoch } from "./repository";
import { streamTurn } from "./stream";

/**
 * Asks an assistant in the playground. Without a dialog the message opens one whose key is made of the message's id, so
 * a repeat finds it. Refuses: NOT_FOUND, FORBIDDEN, ASSISTANT_OFF, CONFLICT for an ended dialog, INSUFFICIENT_FUNDS; the
 * message stays stored then, and the same id asks again.
 */
export async function ask(ctx: Ctx<Person>, input: ChatInput, requestedWorkspace: string | null): Promise<LiveTurn> {
  const { ctx: member, isActive } = await enterByAssistant(ctx, input.assistantId, requestedWorkspace);
  if (!isActive) throw new AppError("ASSISTANT_OFF", "This assistant is switched off.");
  const { dialogId, messageId, isNew } = await receive(member, input);
  ctx.note({ dialogId, isRepeat: !isNew });
  const live = streamTurn(member, { dialogId, messageId }, { isRepeat: !isNew });
  const outcome = await live.untilBegun();
  if (outcome?.ok === false && outcome.reason === "no-funds") {
    throw new AppError("INSUFFICIENT_FUNDS", "The balance does not pay for this answer. Top it up and ask again.", {
      facts: { neededMicros: outcome.neededMicros ?? 0 },
    });
  }
  return live;
}

async function receive(ctx: MemberCtx, { assistantId, dialogId, id, text }: ChatInput): Promise<ReceivedMessage> {
  const keyPrefix = previewKeyPrefix(ctx.actor.userId);
  const message = { clientId: id, text, assistantId, channel: "preview" as const };
  if (dialogId) return receiveInDialog(ctx, { ...message, dialogId, keyPrefix });
  // Wherever the id was used before, also in a dialog that has ended since: the same id is the same question.
  const repeated = await findReceived(ctx, { assistantId, channel: "preview", keyPrefix, clientId: id });
  if (repeated) return repeated;
  return receiveMessage(ctx, {
    ...message,
    visitorKey: keyPrefix + id,
    visitorLocale: ctx.locale,
    source: "playground",
  });
}

/** Stops the running answer; words that were written stay. Stopping nothing is fine. Refuses: NOT_FOUND. */
export async function stop(
  ctx: Ctx<Person>,
  dialogId: string,
  requestedWorkspace: string | null,
): Promise<{ ok: true }> {
  const member = await enterByDialog(ctx, dialogId, requestedWorkspace);
  const live = findLive(dialogId);
  if (live) live.abort("stopped");
  // Another process may be writing: it cannot be reached, but its answer will not leave.
  else await raiseEpoch(member.db, member.workspaceId, dialogId);
  return { ok: true };
}

/** The running answer of a dialog, to be heard from its first word; undefined when nothing runs here. Refuses: NOT_FOUND. */
export async function resume(
  ctx: Ctx<Person>,
  dialogId: string,
  requestedWorkspace: string | null,
): Promise<LiveTurn | undefined> {
  await enterByDialog(ctx, dialogId, requestedWorkspace);
  return findLive(dialogId);
}
