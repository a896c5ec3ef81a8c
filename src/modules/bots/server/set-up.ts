import { webhookUrl } from "@/modules/bots/server/intake/address";
import { COMMANDS, receivesByWebhook } from "@/modules/bots/rules";
import { visitorText } from "@/modules/bots/server/visitor-text";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { decryptSecret } from "@/server/crypto";
import { env } from "@/server/env";
import { type Answer, forgetClient, readWebhook, registerCommands, registerWebhook, removeWebhook } from "./gateway";
import { webhookSecretPurpose } from "./intake/door";
import { deleteSilentBot, markRegistered } from "./connecting-repository";
import { type BotRow, findBotOfJob } from "./repository";
import { reportFault, reportOnline } from "./status";

/** How bots of this installation get their updates. */
export function isWebhookMode(): boolean {
  return receivesByWebhook(env().TELEGRAM_MODE, env().appUrl);
}

/** Makes Telegram bring the bot's updates the way this installation takes them. False when it has to be tried again. */
export async function setUpBot(ctx: Ctx, botId: string): Promise<boolean> {
  const bot = await findBotOfJob(ctx.db, botId);
  if (bot?.pausedAt) return isEnded(await removeWebhook(bot));
  if (!bot?.isActive) return true;
  const tenant = { ...ctx, workspaceId: bot.workspaceId };
  if (bot.status === "online" && isWebhookMode() && (await isPointedHere(bot))) return true;
  const received = await registerBot(tenant, bot);
  if (received.ok) {
    await reportOnline(tenant, bot.id);
    await offerCommands(bot);
    return true;
  }
  if (received.fault.reason === "token-unknown") {
    await reportFault(tenant, bot.id, "token-revoked");
    return true;
  }
  const isRefused = received.fault.reason === "refused";
  await reportFault(tenant, bot.id, isRefused ? "webhook-failing" : "telegram-silent");
  return isRefused;
}

/** Takes the webhook away from a silenced bot and forgets it with its token. False when it has to be tried again. */
export async function removeBot(ctx: Ctx, botId: string): Promise<boolean> {
  const bot = await findBotOfJob(ctx.db, botId);
  if (!bot || bot.isActive || bot.pausedAt) return true;
  if (!isEnded(await removeWebhook(bot))) return false;
  forgetClient(bot.id);
  await deleteSilentBot(ctx.db, bot.id);
  return true;
}

async function isPointedHere(bot: BotRow): Promise<boolean> {
  const webhook = await readWebhook(bot);
  return webhook.ok && webhook.value.url === webhookUrl(bot.webhookPath);
}

/** Makes updates come the way this installation takes them, whatever was set before. */
export async function registerBot(ctx: WorkspaceCtx, bot: BotRow): Promise<Answer<true>> {
  return isWebhookMode() ? pointWebhook(ctx, bot) : removeWebhook(bot);
}

/** Points the bot's webhook at our door, with our secret and all the updates that we read. */
async function pointWebhook(ctx: WorkspaceCtx, bot: BotRow): Promise<Answer<true>> {
  const secret = decryptSecret(bot.webhookSecretSealed, webhookSecretPurpose(bot.id));
  const registered = await registerWebhook(bot, { url: webhookUrl(bot.webhookPath), secret });
  if (registered.ok) await markRegistered(ctx.db, ctx.workspaceId, bot.id, ctx.now());
  return registered;
}

/** Whether there is nothing left to remove: Telegram agreed, or does not know the bot any more. */
function isEnded(removed: Answer<true>): boolean {
  return removed.ok || removed.fault.reason === "token-unknown" || removed.fault.reason === "refused";
}

/** The menu is a courtesy: a bot without it works. */
export async function offerCommands(bot: BotRow): Promise<void> {
  const listed = COMMANDS.filter((command) => command !== "start");
  for (const locale of ["en", "ru"] as const) {
    const t = visitorText(locale);
    const commands = listed.map((command) => ({ command, description: t(`menu.${command}`) }));
    await registerCommands(bot, commands, locale === "ru" ? "ru" : undefined);
  }
}
