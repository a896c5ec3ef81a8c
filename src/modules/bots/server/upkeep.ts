import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { Bot, BotInput } from "@/modules/bots/contract";
import type { BotCheck } from "@/modules/bots/doctor/contract";
import { botConnected } from "@/modules/bots/events";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { catchUp } from "./catching-up";
import { examineBot } from "./doctor/service";
import { pauseBot as markPaused, resumeBot as markResumed } from "./connecting-repository";
import { findBotOfJob, findSealedBot } from "./repository";
import { requireBot, telegramSilent } from "./service";
import { offerCommands, registerBot, setUpBot } from "./set-up";
import { reportFault } from "./status";

/**
 * Takes a bot back: registers it anew, whoever holds its webhook now, and looks again. Nothing that waits at Telegram is
 * lost. Refuses: NOT_FOUND; CONFLICT for a paused bot; BOT_TOKEN_INVALID; EXTERNAL_UNAVAILABLE while Telegram is silent.
 */
export async function repairBot(ctx: WorkspaceCtx, { id }: BotInput): Promise<{ checks: BotCheck[]; checkedAt: Date }> {
  const bot = await findSealedBot(ctx.db, ctx.workspaceId, id);
  if (!bot) throw notFound("Bot");
  if (bot.pausedAt) throw new AppError("CONFLICT", "This bot is paused.", { facts: { reason: "paused" } });
  const registered = await registerBot(ctx, bot);
  if (!registered.ok) {
    const { reason } = registered.fault;
    if (reason === "token-unknown") {
      await reportFault(ctx, id, "token-revoked");
      throw new AppError("BOT_TOKEN_INVALID", "Telegram no longer accepts this token.");
    }
    if (reason !== "refused") throw telegramSilent();
  }
  if (registered.ok) await offerCommands(bot);
  await audit(ctx, { operation: "bots.repaired", targetKind: "bot", targetId: id, detail: { isTaken: registered.ok } });
  const repaired = (await findBotOfJob(ctx.db, id)) ?? bot;
  return { checks: await examineBot(ctx, repaired), checkedAt: ctx.now() };
}

/**
 * Silences a bot until it is resumed: nothing is recorded or sent from the commit on, and its webhook is taken away. What
 * visitors write meanwhile waits at Telegram, for a day. Pausing twice is fine. Refuses: NOT_FOUND.
 */
export async function pauseBot(ctx: WorkspaceCtx, { id }: BotInput): Promise<Bot> {
  await change(ctx, id, "bots.paused", (ctx) => markPaused(ctx.db, ctx.workspaceId, id, ctx.now()));
  await setUpBot(ctx, id);
  return requireBot(ctx, id);
}

/** Lets a paused bot work again, brings away what it left behind and answers whom it still owed a word. Resuming twice is fine. Refuses: NOT_FOUND. */
export async function resumeBot(ctx: WorkspaceCtx, { id }: BotInput): Promise<Bot> {
  await change(ctx, id, "bots.resumed", async (ctx) => {
    const pausedAt = (await findSealedBot(ctx.db, ctx.workspaceId, id))?.pausedAt;
    if (!pausedAt || !(await markResumed(ctx.db, ctx.workspaceId, id))) return false;
    await catchUp(ctx, id, pausedAt);
    return true;
  });
  await setUpBot(ctx, id);
  return requireBot(ctx, id);
}

/** One change of a bot's life, with the job that tells Telegram until Telegram has heard it. */
async function change(
  ctx: WorkspaceCtx,
  id: string,
  operation: string,
  apply: (ctx: WorkspaceCtx) => Promise<boolean>,
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await requireBot(ctx, id);
    if (!(await apply(ctx))) return;
    await enqueue(ctx, botConnected, { botId: id }, { key: `set-up:${id}`, lane: `set-up:${id}` });
    await audit(ctx, { operation, targetKind: "bot", targetId: id });
    await publish(ctx, { type: "bot.changed", ids: { botId: id } });
  });
}
