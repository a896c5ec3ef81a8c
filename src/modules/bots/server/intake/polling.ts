import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/db/client";
import { pollingPauseMs } from "@/modules/bots/rules";
import { fetchUpdates, removeWebhook } from "@/modules/bots/server/gateway";
import type { BotRow } from "@/modules/bots/server/repository";
import { reportFault, reportOnline } from "@/modules/bots/server/status";
import type { WorkspaceCtx } from "@/server/context";
import { recordRawUpdate } from "./record";

const LONG_POLL_SECONDS = 10;

export type Poll = { ctx: WorkspaceCtx; bot: BotRow; signal: AbortSignal };

/**
 * Fetches the updates of one bot until the signal aborts. An update is confirmed to Telegram only after it was recorded; what
 * was recorded and not yet confirmed comes again and finds its row. An idle bot costs no query.
 */
export async function pollBot(poll: Poll): Promise<void> {
  const { signal } = poll;
  let failures = 0;
  let offset: number | null = null;
  // A webhook of an earlier configuration would keep the updates from us; one that comes later is somebody else's.
  let isCleared = false;
  while (!signal.aborted) {
    isCleared ||= (await removeWebhook(poll.bot)).ok;
    const outcome = await fetchOnce(poll, offset, failures);
    if (outcome === "stopped") return;
    failures = outcome === "failed" ? failures + 1 : 0;
    if (outcome !== "failed") offset = outcome;
    else await delay(pollingPauseMs(failures), undefined, { signal }).catch(() => undefined);
  }
}

/** The next offset, `failed` when the round is to be repeated after a pause, `stopped` when there is no point in going on. */
async function fetchOnce(
  { ctx, bot, signal }: Poll,
  offset: number | null,
  failures: number,
): Promise<number | null | "failed" | "stopped"> {
  const fetched = await fetchUpdates(bot, { offset, seconds: LONG_POLL_SECONDS, signal });
  if (signal.aborted) return "stopped";
  if (fetched.ok) {
    if (failures > 0 || (offset === null && bot.status !== "online")) await reportOnline(ctx, bot.id);
    return record(bot, fetched.value, offset);
  }
  const { reason } = fetched.fault;
  if (reason === "token-unknown") {
    await reportFault(ctx, bot.id, "token-revoked");
    return "stopped";
  }
  // One lost round is no news, and a poll of our own that ended a moment ago may still look like a rival.
  const isNoNews =
    failures === 0 && !(fetched.fault.reason === "conflict" && /webhook/i.test(fetched.fault.description));
  if (!isNoNews) await reportFault(ctx, bot.id, reason === "conflict" ? "taken-over" : "telegram-silent");
  return "failed";
}

async function record(
  bot: BotRow,
  updates: readonly { update_id: number }[],
  offset: number | null,
): Promise<number | null | "stopped"> {
  let next = offset ?? 0;
  for (const update of updates) {
    if ((await recordRawUpdate(db(), bot.id, update)) === "silent") return "stopped";
    next = update.update_id + 1;
  }
  return next;
}
