import type { BotCheck } from "@/modules/bots/doctor/contract";
import { type Diagnosis, diagnose, unreadCheck, type WebhookReading } from "@/modules/bots/doctor/rules";
import { type Answer, readWebhook } from "@/modules/bots/server/gateway";
import { webhookUrl } from "@/modules/bots/server/intake/address";
import type { BotRow } from "@/modules/bots/server/repository";
import { isWebhookMode, registerBot } from "@/modules/bots/server/set-up";
import { reportFault, reportOnline } from "@/modules/bots/server/status";
import { ALLOWED_UPDATES } from "@/modules/bots/updates/contract";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { findUnread, listDue, saveExamination } from "./repository";

/** Every bot is looked at once a minute, so that a stolen or failing webhook is found within two. */
const DUE_AFTER_MS = 50_000;
const AT_ONCE = 16;
/** A round ends before the next begins; who was left out is first in line then. */
const ROUND_MS = 45_000;
const ROUND_LIMIT = 5_000;

/**
 * Asks Telegram how the bot is and says it line by line. What is wrong becomes the bot's status; what may be mended without
 * harm to anybody, a missing webhook or outdated settings of our own, is mended at once.
 */
export async function examineBot(ctx: Ctx, bot: BotRow): Promise<BotCheck[]> {
  const tenant = { ...ctx, workspaceId: bot.workspaceId };
  let diagnosis = await look(tenant, bot);
  if (diagnosis.isSafeToRepair) {
    const registered = await registerBot(tenant, bot);
    if (registered.ok) diagnosis = await look(tenant, { ...bot, registeredAt: ctx.now() });
  }
  const checks = [...diagnosis.checks, unreadCheck(await findUnread(ctx.db, bot.workspaceId, bot.id))];
  await conclude(tenant, bot, { ...diagnosis, checks });
  return checks;
}

/** The doctor's round: all bots that were not looked at lately, a few at a time, longest unseen first. */
export async function examineDue(job: JobCtx): Promise<void> {
  const startedAtMs = performance.now();
  const before = new Date(job.now().getTime() - DUE_AFTER_MS);
  const due = (await listDue(job.db, before, ROUND_LIMIT)).reverse();
  let visited = 0;
  const visit = async () => {
    for (let bot = due.pop(); bot; bot = due.pop()) {
      if (job.signal.aborted || performance.now() - startedAtMs > ROUND_MS) return;
      await examineBot(job, bot).catch((error: unknown) =>
        job.log.error({ event: "bot-examination-failed", botId: bot?.id, error }),
      );
      visited += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
  job.note({ visited, left: due.length });
}

async function look(ctx: WorkspaceCtx, bot: BotRow): Promise<Diagnosis> {
  return diagnose({
    reading: readingOf(await readWebhook(bot)),
    ownUrl: isWebhookMode() ? webhookUrl(bot.webhookPath) : null,
    ownPath: bot.webhookPath,
    wantedUpdates: ALLOWED_UPDATES,
    lastUpdateAt: bot.lastUpdateAt,
    registeredAt: bot.registeredAt,
    before: {
      pendingCount: bot.pendingCount,
      wasSilent: bot.checks.some(({ finding }) => finding === "telegram-silent"),
    },
    now: ctx.now(),
  });
}

function readingOf(webhook: Answer<WebhookReading>): WebhookReading | "revoked" | null {
  if (webhook.ok) return webhook.value;
  return webhook.fault.reason === "token-unknown" ? "revoked" : null;
}

async function conclude(ctx: WorkspaceCtx, bot: BotRow, { checks, fault }: Diagnosis): Promise<void> {
  const count = checks.find(({ check }) => check === "queue")?.facts.count;
  const isKnown = checks.some(({ check }) => check === "queue");
  await saveExamination(ctx.db, ctx.workspaceId, bot.id, {
    checks,
    pendingCount: isKnown ? Number(count ?? 0) : bot.pendingCount,
    checkedAt: ctx.now(),
  });
  if (fault) return reportFault(ctx, bot.id, fault);
  // Where updates are fetched, only a fetch that works proves that nobody else fetches them.
  const isHealed = isKnown && bot.status !== "online" && isWebhookMode();
  if (isHealed) await reportOnline(ctx, bot.id);
}
