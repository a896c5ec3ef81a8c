/** Why a bot does not work, as a code that the interface words. The gravest comes first. */
export const BOT_FAULTS = [
  "token-revoked",
  "taken-over",
  "webhook-failing",
  "queue-growing",
  "telegram-silent",
] as const;
export type BotFault = (typeof BOT_FAULTS)[number];

/** Every sentence that a line may say, by what it looks at. */
export const BOT_FINDINGS = {
  token: ["accepted", "revoked", "telegram-silent"],
  receiving: ["webhook", "polling", "foreign-webhook", "no-webhook", "moved"],
  updates: ["complete", "outdated"],
  queue: ["empty", "waiting", "growing"],
  lastError: ["none", "forbidden", "secret-refused", "certificate", "unreachable", "server-error", "recent"],
  lastUpdate: ["seen", "never"],
  unread: ["nothing-lost", "malformed", "failed"],
} as const;

export type BotAspect = keyof typeof BOT_FINDINGS;
export type BotFinding = (typeof BOT_FINDINGS)[BotAspect][number];

/** One line of the doctor: what was looked at, how it is, and the figures of the sentence. */
export type BotCheck = {
  check: BotAspect;
  level: "ok" | "warning" | "fault";
  /** Which sentence of this aspect applies. */
  finding: BotFinding;
  facts: Record<string, string | number>;
};

/** Whether registering the bot anew may mend what a line says. */
export function isRepairable({ check, level }: Pick<BotCheck, "check" | "level">): boolean {
  return level !== "ok" && check !== "token" && check !== "lastUpdate" && check !== "unread";
}
