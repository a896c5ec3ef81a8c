import type { BotAspect, BotCheck, BotFault, BotFinding } from "./contract";

/** What Telegram says about a bot's webhook. */
export type WebhookReading = {
  url: string;
  pendingCount: number;
  lastErrorAt: Date | null;
  lastError: string;
  /** Empty when Telegram sends its own default list. */
  allowedUpdates: readonly string[];
};

export type Examined = {
  /** Null while Telegram does not answer, `revoked` when it does not know the token. */
  reading: WebhookReading | "revoked" | null;
  /** Our own address, or null where this installation fetches updates itself. */
  ownUrl: string | null;
  /** The end of every address of ours for this bot, also of one from before the installation moved. */
  ownPath: string;
  wantedUpdates: readonly string[];
  lastUpdateAt: Date | null;
  registeredAt: Date | null;
  /** What the visit before this one found. */
  before: { pendingCount: number | null; wasSilent: boolean };
  now: Date;
};

export type Diagnosis = {
  checks: BotCheck[];
  /** What keeps the bot from working; null when it works as far as Telegram knows. */
  fault: BotFault | null;
  /** Whether registering our address again harms nobody: it is missing, or ours with outdated settings. */
  isSafeToRepair: boolean;
};

const LONG_QUEUE = 20;
const RECENT_ERROR_MS = 15 * 60_000;
// The arrival of updates is written down at most every five seconds.
const ARRIVAL_SLACK_MS = 5_000;

/** Reads one examination. The figures: a queue is long above 20 updates, an error is recent for 15 minutes. */
export function diagnose(examined: Examined): Diagnosis {
  const { reading, before } = examined;
  const lastUpdate = lastUpdateCheck(examined.lastUpdateAt);
  if (reading === "revoked")
    return { checks: [line("token", "fault", "revoked"), lastUpdate], fault: "token-revoked", isSafeToRepair: false };
  if (reading === null) {
    // One lost call is no news.
    const checks = [line("token", "warning", "telegram-silent"), lastUpdate];
    return { checks, fault: before.wasSilent ? "telegram-silent" : null, isSafeToRepair: false };
  }
  const receiving = receivingCheck(reading, examined);
  const isOurs = receiving.finding === "webhook";
  const updates = isOurs ? [updatesCheck(reading, examined.wantedUpdates)] : [];
  const queue = queueCheck(reading, before.pendingCount);
  const error = errorCheck(reading, examined);
  return {
    checks: [line("token", "ok", "accepted"), receiving, ...updates, queue, error, lastUpdate],
    fault: faultOf({ receiving, queue, error }),
    isSafeToRepair:
      receiving.finding === "no-webhook" ||
      receiving.finding === "moved" ||
      (isOurs && (error.finding === "secret-refused" || updates.some(({ level }) => level !== "ok"))),
  };
}

function faultOf({ receiving, queue, error }: Record<"receiving" | "queue" | "error", BotCheck>): BotFault | null {
  if (receiving.finding === "foreign-webhook") return "taken-over";
  if (receiving.level === "fault" || error.level === "fault") return "webhook-failing";
  return queue.level === "fault" ? "queue-growing" : null;
}

function receivingCheck({ url }: WebhookReading, { ownUrl, ownPath }: Pick<Examined, "ownUrl" | "ownPath">): BotCheck {
  if (url === "")
    return ownUrl === null ? line("receiving", "ok", "polling") : line("receiving", "fault", "no-webhook");
  if (url === ownUrl) return line("receiving", "ok", "webhook");
  if (url.endsWith(`/${ownPath}`)) return line("receiving", "fault", "moved");
  return line("receiving", "fault", "foreign-webhook", { host: hostOf(url) });
}

/** Only the host: the path of a stranger's webhook may be its secret. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "?";
}

function updatesCheck({ allowedUpdates }: WebhookReading, wanted: readonly string[]): BotCheck {
  const isComplete = wanted.every((kind) => allowedUpdates.includes(kind));
  return isComplete ? line("updates", "ok", "complete") : line("updates", "warning", "outdated");
}

function queueCheck({ pendingCount: count }: WebhookReading, before: number | null): BotCheck {
  if (count === 0) return line("queue", "ok", "empty");
  if (count <= LONG_QUEUE) return line("queue", "ok", "waiting", { count });
  const isGrowing = before !== null && count > before;
  return isGrowing ? line("queue", "fault", "growing", { count }) : line("queue", "warning", "waiting", { count });
}

/** Telegram keeps its last error for ever: only a recent one that nothing has got past since says something about now. */
function errorCheck(
  { lastError, lastErrorAt }: WebhookReading,
  { now, lastUpdateAt, registeredAt }: Examined,
): BotCheck {
  const isRecent = lastErrorAt !== null && now.getTime() - lastErrorAt.getTime() < RECENT_ERROR_MS;
  if (!isRecent || (registeredAt !== null && lastErrorAt <= registeredAt)) return line("lastError", "ok", "none");
  const isPast = lastUpdateAt !== null && lastUpdateAt.getTime() > lastErrorAt.getTime() - ARRIVAL_SLACK_MS;
  const message = lastError.slice(0, 200);
  return line("lastError", isPast ? "warning" : "fault", kindOfError(lastError), { message });
}

function kindOfError(message: string): BotFinding {
  if (/\b401\b|unauthorized/i.test(message)) return "secret-refused";
  if (/\b403\b|forbidden/i.test(message)) return "forbidden";
  if (/ssl|tls|certificate/i.test(message)) return "certificate";
  if (/time[d ]*out|refused|resolve|reset|unreachable|closed|host/i.test(message)) return "unreachable";
  return /\b5\d\d\b/.test(message) ? "server-error" : "recent";
}

function lastUpdateCheck(lastUpdateAt: Date | null): BotCheck {
  return lastUpdateAt
    ? line("lastUpdate", "ok", "seen", { at: lastUpdateAt.toISOString() })
    : line("lastUpdate", "warning", "never");
}

/** Of a bot's newest updates: how many could not be processed, and why the last of them. */
export type Unread = { count: number; lastReason: string };

/** A message that could not be read stays recorded; the owner hears that it is there and where it is wrong. */
export function unreadCheck({ count, lastReason }: Unread): BotCheck {
  if (count === 0) return line("unread", "ok", "nothing-lost");
  const [, place] = /^malformed: (.*)$/.exec(lastReason) ?? [];
  if (place !== undefined) return line("unread", "warning", "malformed", { count, place });
  return line("unread", "warning", "failed", { count });
}

function line(
  check: BotAspect,
  level: BotCheck["level"],
  finding: BotFinding,
  facts: BotCheck["facts"] = {},
): BotCheck {
  return { check, level, finding, facts };
}
