import type { Channel, HandoffOutcome, HandoffReason, HandoffStatus, PresenceStatus } from "@/db/enums";
import type { Ladder } from "./hours/contract";

/** What can happen to a dialog. `lose` is an operator who vanished, `close` the end of the dialog itself. */
export const HANDOFF_EVENTS = [
  "request",
  "take",
  "transfer",
  "release",
  "cancel",
  "expire",
  "lose",
  "reset",
  "close",
] as const;
export type HandoffEvent = (typeof HANDOFF_EVENTS)[number];

/** Why a transition is refused; each is a CONFLICT that the caller can act upon. */
export type HandoffRefusal =
  "ended" | "preview" | "with-operator" | "with-assistant" | "waiting" | "not-waiting" | "not-yours";

export type HandoffFacts = {
  status: HandoffStatus;
  isOpen: boolean;
  isPreview: boolean;
  holderId: string | null;
};

/** Who acts: a person may override when owner or admin; visitors and jobs have no id. */
export type HandoffActor = { userId: string | null; mayOverride: boolean };

export type HandoffDecision =
  | { kind: "move"; to: HandoffStatus; outcome: HandoffOutcome | null }
  /** Nothing to do: the dialog is where the caller wants it. */
  | { kind: "stay" }
  | { kind: "refuse"; reason: HandoffRefusal };

const to = (status: HandoffStatus, outcome: HandoffOutcome | null = null): HandoffDecision => ({
  kind: "move",
  to: status,
  outcome,
});
const refuse = (reason: HandoffRefusal): HandoffDecision => ({ kind: "refuse", reason });
const stay: HandoffDecision = { kind: "stay" };

// The whole machine; the guards that need more than the status are in `decide`.
const TABLE: Record<HandoffStatus, Record<HandoffEvent, HandoffDecision>> = {
  none: {
    request: to("requested"),
    take: to("active"),
    transfer: refuse("with-assistant"),
    release: refuse("with-assistant"),
    cancel: refuse("not-waiting"),
    expire: refuse("not-waiting"),
    lose: refuse("with-assistant"),
    reset: refuse("with-assistant"),
    close: stay,
  },
  requested: {
    request: stay,
    take: to("active"),
    transfer: refuse("waiting"),
    release: refuse("waiting"),
    cancel: to("none", "cancelled"),
    expire: to("none", "expired"),
    lose: refuse("waiting"),
    reset: to("none", "cancelled"),
    close: to("none", "closed"),
  },
  active: {
    request: refuse("with-operator"),
    take: refuse("with-operator"),
    transfer: to("active"),
    release: to("none", "released"),
    cancel: refuse("with-operator"),
    expire: refuse("with-operator"),
    lose: to("requested", "expired"),
    reset: to("none", "released"),
    close: to("none", "closed"),
  },
};

/** The next state of a dialog's handoff, or why there is none. Guards: open, no preview, and whose dialog it is. */
export function decide(facts: HandoffFacts, event: HandoffEvent, actor: HandoffActor): HandoffDecision {
  if (event !== "close" && !facts.isOpen) return refuse("ended");
  if (facts.isPreview && (event === "request" || event === "take")) return refuse("preview");
  const isHolder = actor.userId !== null && facts.holderId === actor.userId;
  if (facts.status === "active") {
    if (event === "take" && isHolder) return stay;
    if ((event === "release" || event === "transfer") && !isHolder && !actor.mayOverride) return refuse("not-yours");
  }
  return TABLE[facts.status][event];
}

const MINUTE_MS = 60_000;

/** Figures of the product specification, section 2 (Handoff, Presence). */
export const handoffTimes = {
  quietAfterReleaseMs: 5 * MINUTE_MS,
  mailCoolDownMs: 10 * MINUTE_MS,
  heartbeatMs: 30_000,
  staleAfterMs: 90_000,
  hiddenAfterMs: 20_000,
} as const;

/** What holds in a workspace that has set nothing: figures of the product specification, section 2. Minutes; zero is never. */
export const defaultLadder: Ladder = {
  siteSlaMinutes: 5,
  telegramSlaMinutes: 3,
  // Each step doubles, so the last one still comes before the request expires.
  rungs: [
    { times: 1, tell: ["team"] },
    { times: 2, tell: ["team"] },
    { times: 4, tell: ["team"] },
  ],
  requestTell: ["team"],
  extraEmails: [],
  expiresAfterMinutes: 30,
  operatorLostAfterMinutes: 5,
};

export const requestQuota = { limit: 3, windowSeconds: 60 } as const;

const AUTOMATIC: readonly HandoffReason[] = ["keyword", "fallback", "retries", "auto_trigger"];

/** Whether a request is kept silent because a person has just given the dialog back. Buttons and people always get through. */
export function isQuiet(reason: HandoffReason, lastReleasedAt: Date | null, now: Date): boolean {
  if (!lastReleasedAt || !AUTOMATIC.includes(reason)) return false;
  return now.getTime() - lastReleasedAt.getTime() < handoffTimes.quietAfterReleaseMs;
}

/** Three minutes for each place in the queue. */
export function waitMinutes(position: number): number {
  return position * 3;
}

export type Promises = Pick<Ladder, "siteSlaMinutes" | "telegramSlaMinutes">;

/** How soon a person should answer, in working time. */
export function slaMs(channel: Channel, ladder: Promises = defaultLadder): number {
  return (channel === "telegram" ? ladder.telegramSlaMinutes : ladder.siteSlaMinutes) * MINUTE_MS;
}

/** How many steps of the escalation ladder a dialog has reached that waited so long in working time. */
export function rungOf(channel: Channel, waitedMs: number, ladder: Ladder = defaultLadder): number {
  return ladder.rungs.filter(({ times }) => waitedMs >= times * slaMs(channel, ladder)).length;
}

/** Whether a visitor wants to hear of a new place in the queue: half as far as last told, or next. Not each step. */
export function isWorthTelling(toldPosition: number | null, position: number): boolean {
  if (toldPosition === null || position >= toldPosition) return false;
  return position === 1 || position * 2 <= toldPosition;
}

/** Whether a span that a workspace has set is over; zero minutes never are. */
export function isOver(passedMs: number, afterMinutes: number): boolean {
  return afterMinutes > 0 && passedMs >= afterMinutes * MINUTE_MS;
}

/** How a wait looks in the interface: important from 10 minutes, critical from 60. */
export function urgencyOf(waitedMs: number): "normal" | "important" | "critical" {
  if (waitedMs >= 60 * MINUTE_MS) return "critical";
  return waitedMs >= 10 * MINUTE_MS ? "important" : "normal";
}

export type PresenceFacts = {
  status: PresenceStatus;
  heartbeatAt: Date | null;
  visibleAt: Date | null;
  hiddenAt: Date | null;
};

/** What a person's presence is worth now. Silence is offline whatever was said last; a tab out of sight is away. */
export function presenceOf(facts: PresenceFacts | null, now: Date): PresenceStatus {
  if (!facts?.heartbeatAt || now.getTime() - facts.heartbeatAt.getTime() > handoffTimes.staleAfterMs) return "offline";
  if (facts.status !== "online") return facts.status;
  const isHidden = facts.hiddenAt && (!facts.visibleAt || facts.hiddenAt > facts.visibleAt);
  return isHidden ? "away" : "online";
}

/**
 * Whether a person may take a dialog by an own act. Who said away or offline a moment ago has to come back first; who said
 * nothing for long is evidently here now.
 */
export function mayTake(facts: PresenceFacts | null, now: Date): boolean {
  const isSilent = !facts?.heartbeatAt || now.getTime() - facts.heartbeatAt.getTime() > handoffTimes.staleAfterMs;
  return isSilent || facts.status === "online";
}

/** Telegram has its own capacity; website and API share the other. */
export function loadKind(channel: Channel): "site" | "telegram" {
  return channel === "telegram" ? "telegram" : "site";
}

const YEAR_MS = 366 * 24 * 60 * MINUTE_MS;

/** Whether a dialog may be put aside until a moment: one to come, at most a year ahead. */
export function mayBeAsideUntil(until: Date, now: Date): boolean {
  const aheadMs = until.getTime() - now.getTime();
  return aheadMs > 0 && aheadMs <= YEAR_MS;
}
