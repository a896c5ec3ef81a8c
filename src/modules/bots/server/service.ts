import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { requireAssistant } from "@/modules/assistants/server/service";
import { audit } from "@/modules/audit/server/service";
import type { Bot, BotInput, ConnectBotInput, IdentifyBotInput, ListBotsInput } from "@/modules/bots/contract";
import type { BotCheck } from "@/modules/bots/doctor/contract";
import { botConnected, botDisconnected } from "@/modules/bots/events";
import type { WorkspaceCtx } from "@/server/context";
import { encryptSecret, randomToken } from "@/server/crypto";
import { enqueue } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { catchUp } from "./catching-up";
import { raiseEpochsOfBot } from "./conversation/repository";
import { examineBot } from "./doctor/service";
import { identifyBot, tokenPurpose } from "./gateway";
import { webhookSecretPurpose } from "./intake/door";
import { giveUpBot } from "./outgoing/refusals";
import { deactivateBot, deleteSilentBot, findHolder, insertBot, updateToken } from "./connecting-repository";
import { findBot, findSealedBot, listBots as selectBots } from "./repository";
import { removeBot, setUpBot } from "./set-up";

/**
 * Connects a bot to an assistant, or gives a connected one its new token. Refuses: NOT_FOUND for a foreign assistant,
 * BOT_TOKEN_INVALID, BOT_TAKEN, EXTERNAL_UNAVAILABLE while Telegram is silent. A bot that it replaces is silent with the same commit.
 */
export async function connectBot(
  ctx: WorkspaceCtx,
  { assistantId, token, replacesBotId }: ConnectBotInput,
): Promise<Bot> {
  await requireAssistant(ctx, assistantId);
  const identity = await whoIs(token);
  const botId = await inTransaction(ctx, async (ctx) => {
    const holder = await findHolder(ctx.db, identity.telegramId);
    const isOwn = holder?.workspaceId === ctx.workspaceId && holder.assistantId === assistantId;
    if (holder?.isConnected && !isOwn) throw botTaken(ctx, holder);
    if (holder && !holder.isConnected) await deleteSilentBot(ctx.db, holder.id);
    const id = holder?.isConnected ? holder.id : newId();
    const secrets = {
      tokenSealed: encryptSecret(token, tokenPurpose(id)),
      tokenLast4: token.slice(-4),
      webhookPath: randomToken(),
      webhookSecretSealed: encryptSecret(randomToken(), webhookSecretPurpose(id)),
    };
    const names = { username: identity.username, name: identity.name };
    const bot = holder?.isConnected
      ? await updateToken(ctx.db, ctx.workspaceId, id, { ...names, ...secrets })
      : await insertBot(ctx.db, ctx.workspaceId, {
          id,
          assistantId,
          telegramId: identity.telegramId,
          ...names,
          ...secrets,
        });
    if (!bot)
      throw new AppError("BOT_TAKEN", "This bot is being connected elsewhere right now.", {
        facts: { reason: "race" },
      });
    await enqueue(ctx, botConnected, { botId: id }, { key: `set-up:${id}`, lane: `set-up:${id}` });
    // A new token also ends a pause.
    await catchUp(ctx, id, holder?.pausedAt ?? null);
    await audit(ctx, {
      operation: "bots.connected",
      targetKind: "bot",
      targetId: id,
      detail: { username: identity.username },
    });
    await publish(ctx, { type: "bot.changed", ids: { botId: id } });
    if (replacesBotId && replacesBotId !== id) await silenceBot(ctx, replacesBotId);
    return id;
  });
  if (replacesBotId && replacesBotId !== botId) await removeBot(ctx, replacesBotId);
  // The job repeats what fails here; trying at once lets the answer already tell how it went.
  await setUpBot(ctx, botId);
  return requireBot(ctx, botId);
}

/** Whose token this is, without connecting anything. Refuses: BOT_TOKEN_INVALID, EXTERNAL_UNAVAILABLE. */
export async function identifyToken({ token }: IdentifyBotInput): Promise<{ username: string; name: string }> {
  const { username, name } = await whoIs(token);
  return { username, name };
}

/** The bots of a workspace, or of one assistant. */
export async function listBots(
  ctx: WorkspaceCtx,
  { assistantId }: ListBotsInput,
): Promise<{ items: Bot[]; nextCursor: null }> {
  return { items: await selectBots(ctx.db, ctx.workspaceId, assistantId), nextCursor: null };
}

/** Refuses: NOT_FOUND. */
export async function requireBot(ctx: WorkspaceCtx, id: string): Promise<Bot> {
  const bot = await findBot(ctx.db, ctx.workspaceId, id);
  if (!bot) throw notFound("Bot");
  return bot;
}

/** Silences a bot with the commit and takes its webhook away; a job goes on until Telegram agreed. Refuses: NOT_FOUND. */
export async function disconnectBot(ctx: WorkspaceCtx, { id }: BotInput): Promise<{ ok: true }> {
  await inTransaction(ctx, (ctx) => silenceBot(ctx, id));
  await removeBot(ctx, id);
  return { ok: true };
}

async function silenceBot(ctx: WorkspaceCtx, id: string): Promise<void> {
  if (!(await deactivateBot(ctx.db, ctx.workspaceId, id))) throw notFound("Bot");
  // Before what waits is given up: an answer that is settled later would be paid for and wait for ever.
  await raiseEpochsOfBot(ctx.db, ctx.workspaceId, id);
  await giveUpBot(ctx, id);
  await enqueue(ctx, botDisconnected, { botId: id }, { key: `remove:${id}` });
  await audit(ctx, { operation: "bots.disconnected", targetKind: "bot", targetId: id });
  await publish(ctx, { type: "bot.changed", ids: { botId: id } });
}

/** What Telegram itself says about the bot, now. Refuses: NOT_FOUND. */
export async function doctorBot(ctx: WorkspaceCtx, { id }: BotInput): Promise<{ checks: BotCheck[]; checkedAt: Date }> {
  const bot = await findSealedBot(ctx.db, ctx.workspaceId, id);
  if (!bot) throw notFound("Bot");
  return { checks: await examineBot(ctx, bot), checkedAt: ctx.now() };
}

async function whoIs(token: string) {
  const identity = await identifyBot(token);
  if (identity.ok) return identity.value;
  if (identity.fault.reason === "token-unknown") {
    throw new AppError("BOT_TOKEN_INVALID", "Telegram does not know this token.", {
      fieldErrors: { token: ["Telegram does not know this token."] },
    });
  }
  throw telegramSilent();
}

export function telegramSilent(): AppError {
  return new AppError("EXTERNAL_UNAVAILABLE", "Telegram is not answering. Try again in a minute.", {
    facts: { service: "telegram" },
  });
}

/** The name of the assistant is told only inside the workspace that holds the bot. */
function botTaken(ctx: WorkspaceCtx, holder: { workspaceId: string; assistantName: string }): AppError {
  if (holder.workspaceId !== ctx.workspaceId)
    return new AppError("BOT_TAKEN", "This bot is already connected elsewhere.", { facts: { reason: "elsewhere" } });
  return new AppError("BOT_TAKEN", `Already connected: ${holder.assistantName}.`, {
    facts: { reason: "own-assistant", assistantName: holder.assistantName },
  });
}
