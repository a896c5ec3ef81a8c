import { followMigration, setReachable } from "@/modules/bots/server/conversation/service";
import { addressOf } from "@/modules/bots/rules";
import type { Fault } from "@/modules/bots/server/gateway";
import { reportFault } from "@/modules/bots/server/status";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { failWaiting, failWaitingOfBot, findRoute, type Outcome, setQuiet, settlePart } from "./repository";
import { announceTick } from "./ticks";

export type Refusal = {
  part: { id: string; messageId: string; dialogId: string };
  botId: string;
  botTelegramId: number;
  chatId: number;
  fault: Fault;
};

/** What follows: the next part may leave, nothing more can, Telegram was not reached, or all waits until an instant. */
type Next = "next" | "done" | "unreached" | { comeBackAt: Date };

/** Records why a part did not leave, with all that its reason means for the dialog and the bot. */
export async function recordRefusal(ctx: WorkspaceCtx, refusal: Refusal): Promise<Next> {
  const { part, botId, botTelegramId, chatId, fault } = refusal;
  const settle = async (outcome: Outcome) => {
    await settlePart(ctx.db, ctx.workspaceId, part, outcome, ctx.now());
    announceTick(ctx, part.messageId);
  };
  switch (fault.reason) {
    case "uncertain":
      await settle({ state: "uncertain", reason: "no-answer" });
      return "next";
    case "refused":
    case "bad-markup":
    case "conflict":
      await settle({
        state: "failed",
        reason: "refused",
        error: "description" in fault ? fault.description : fault.reason,
      });
      return "next";
    case "moved": {
      await followMigration(ctx, { fromChatId: chatId, toChatId: fault.toChatId, botTelegramId });
      // The news of the move may have come first, and somebody who talks there already keeps that dialog.
      const route = await findRoute(ctx.db, part.dialogId);
      if (addressOf(route?.visitorKey ?? "")?.chatId !== fault.toChatId) {
        await settle({ state: "failed", reason: "refused", error: fault.description });
        return "next";
      }
      await settle({ state: "queued", reason: "moved" });
      return { comeBackAt: ctx.now() };
    }
    case "blocked":
      await settle({ state: "failed", reason: "blocked" });
      await giveUp(ctx, part.dialogId, "blocked");
      return "done";
    case "token-unknown":
      await settle({ state: "queued", reason: "token-revoked" });
      await reportFault(ctx, botId, "token-revoked");
      return "done";
    case "too-fast": {
      const comeBackAt = new Date(ctx.now().getTime() + fault.retryAfterSeconds * 1000);
      await settle({ state: "queued", reason: "too-fast" });
      // A group has a cap of its own; what a private chat is refused for is mostly the cap of the whole bot.
      if (chatId > 0) await setQuiet(ctx.db, ctx.workspaceId, botId, comeBackAt);
      return { comeBackAt };
    }
    case "unavailable":
      await settle({ state: "queued", reason: "telegram-unavailable" });
      return "unreached";
  }
}

/** Fails all that waits in a dialog. */
export async function giveUp(ctx: WorkspaceCtx, dialogId: string, reason: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const failed = await failWaiting(ctx.db, ctx.workspaceId, dialogId, reason, ctx.now());
    for (const messageId of failed) await publish(ctx, { type: "delivery.changed", ids: { messageId } });
    if (reason === "blocked") await setReachable(ctx, dialogId, false);
  });
}

/** Fails all that waits for a bot, with the transaction that disconnects it. */
export async function giveUpBot(ctx: WorkspaceCtx, botId: string): Promise<void> {
  const failed = await failWaitingOfBot(ctx.db, ctx.workspaceId, botId, "bot-disconnected", ctx.now());
  for (const messageId of failed) await publish(ctx, { type: "delivery.changed", ids: { messageId } });
}
