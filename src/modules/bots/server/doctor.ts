import type { BotCheck } from "@/modules/bots/contract";
import type { Ctx } from "@/server/context";
import { type Answer, readWebhook, type WebhookState } from "./gateway";
import { webhookUrl } from "./intake/address";
import type { BotRow } from "./repository";
import { reportFault } from "./status";
import { isWebhookMode } from "./set-up";

const QUEUE_IS_LONG = 20;
const RECENT_ERROR_MS = 15 * 60_000;

/** Asks Telegram how the bot is and says it line by line. What is found wrong also becomes the bot's status. */
export async function examineBot(ctx: Ctx, bot: BotRow): Promise<BotCheck[]> {
  const webhook = await readWebhook(bot);
  const token = tokenCheck(webhook);
  const tenant = { ...ctx, workspaceId: bot.workspaceId };
  if (!webhook.ok) {
    if (webhook.fault.reason === "token-unknown") await reportFault(tenant, bot.id, "token-revoked");
    return [token, lastUpdateCheck(bot.lastUpdateAt)];
  }
  const receiving = receivingCheck(webhook.value, bot.webhookPath);
  if (receiving.finding === "foreign-webhook") await reportFault(tenant, bot.id, "taken-over");
  return [
    token,
    receiving,
    queueCheck(webhook.value),
    errorCheck(webhook.value, ctx.now()),
    lastUpdateCheck(bot.lastUpdateAt),
  ];
}

function tokenCheck(webhook: Answer<WebhookState>): BotCheck {
  if (webhook.ok) return line("token", "ok", "accepted");
  return webhook.fault.reason === "token-unknown"
    ? line("token", "fault", "revoked")
    : line("token", "warning", "telegram-silent");
}

function receivingCheck({ url }: WebhookState, webhookPath: string): BotCheck {
  if (!isWebhookMode())
    return url === "" ? line("receiving", "ok", "polling") : line("receiving", "fault", "foreign-webhook");
  if (url === webhookUrl(webhookPath)) return line("receiving", "ok", "webhook");
  return url === "" ? line("receiving", "fault", "no-webhook") : line("receiving", "fault", "foreign-webhook");
}

function queueCheck({ pendingCount }: WebhookState): BotCheck {
  const isLong = pendingCount > QUEUE_IS_LONG;
  return line("queue", isLong ? "warning" : "ok", pendingCount === 0 ? "empty" : "waiting", { count: pendingCount });
}

/** Telegram keeps its last error for ever; only a recent one says anything about now. */
function errorCheck({ lastError, lastErrorAt }: WebhookState, now: Date): BotCheck {
  const isRecent = lastErrorAt !== null && now.getTime() - lastErrorAt.getTime() < RECENT_ERROR_MS;
  return isRecent
    ? line("lastError", "warning", "recent", { message: lastError.slice(0, 200) })
    : line("lastError", "ok", "none");
}

function lastUpdateCheck(lastUpdateAt: Date | null): BotCheck {
  return lastUpdateAt
    ? line("lastUpdate", "ok", "seen", { at: lastUpdateAt.toISOString() })
    : line("lastUpdate", "warning", "never");
}

function line(
  check: BotCheck["check"],
  level: BotCheck["level"],
  finding: BotCheck["finding"],
  facts: BotCheck["facts"] = {},
): BotCheck {
  return { check, level, finding, facts };
}
