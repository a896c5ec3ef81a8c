import type { BotStatus } from "@/db/enums";
import { botConnected } from "@/modules/bots/events";
import type { Ctx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { type BotRow, findBotOfJob, listActiveBots } from "./repository";
import { updateStatus } from "./status-repository";
import { setUpBot } from "./set-up";

export type ReloadedBot = { id: string; username: string; status: BotStatus };

const AT_ONCE = 8;

/**
 * Registers a bot with Telegram anew, whatever was registered before, and tells every process to look at it again. What
 * Telegram does not take now is tried on by a job. Null when there is no such connected bot.
 */
export async function reloadBot(ctx: Ctx, botId: string): Promise<ReloadedBot | null> {
  const bot = await findBotOfJob(ctx.db, botId);
  return bot?.isActive ? register(ctx, bot) : null;
}

/** The same for every connected bot of the installation. */
export async function reloadAllBots(ctx: Ctx, report: (bot: ReloadedBot) => void): Promise<void> {
  const waiting = await listActiveBots(ctx.db);
  const work = async () => {
    for (let bot = waiting.pop(); bot; bot = waiting.pop()) report(await registerOrTell(ctx, bot));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** One bot whose secrets no longer open, after a key was lost, must not keep the others from being reloaded. */
async function registerOrTell(ctx: Ctx, bot: BotRow): Promise<ReloadedBot> {
  try {
    return await register(ctx, bot);
  } catch (error) {
    ctx.log.error({ event: "bot-reload-failed", botId: bot.id, error });
    return { id: bot.id, username: bot.username, status: "error" };
  }
}

async function register(ctx: Ctx, bot: BotRow): Promise<ReloadedBot> {
  const { id, username, workspaceId } = bot;
  await inTransaction({ ...ctx, workspaceId }, async (ctx) => {
    // Only a bot that is not online yet is registered without asking whether it is already.
    await updateStatus(ctx.db, workspaceId, id, "starting", null);
    await publish(ctx, { type: "bot.changed", ids: { botId: id } });
  });
  if (!(await setUpBot(ctx, id)))
    await enqueue(ctx, botConnected, { botId: id }, { key: `set-up:${id}`, lane: `set-up:${id}` });
  const after = await findBotOfJob(ctx.db, id);
  return { id, username, status: after?.status ?? "offline" };
}
