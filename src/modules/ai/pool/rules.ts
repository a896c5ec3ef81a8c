import type { AiProvider } from "@/db/enums";
import type { OfferedModel } from "../contract";
import { MODEL_LEVELS } from "../contract";

/** What a choice has to know of a key. Instants are milliseconds on the clock that is passed in as `nowMs`. */
export type KeyFacts = {
  id: string;
  provider: AiProvider;
  /** Exactly the models that it serves. */
  models: readonly string[];
  /** 1 serves first. */
  priority: number;
  isActive: boolean;
  /** False when its secret was sealed under another encryption key. */
  isReadable: boolean;
  dailyTokenQuota: number | null;
  monthlyTokenQuota: number | null;
  dayTokens: number;
  monthTokens: number;
  coolingUntilMs: number | null;
  coolingReason: string | null;
  failures: number;
  openedAtMs: number | null;
  lastUsedAtMs: number;
};

/** Why a key does not serve now, and until when if that is known. */
export type Rest =
  | { kind: "inactive" | "unreadable" }
  | { kind: "cooling"; reason: string; untilMs: number }
  | { kind: "day-quota" | "month-quota"; untilMs: number }
  | { kind: "open"; untilMs: number };

export const BREAKER_FAILURES = 3;
export const BREAKER_OPEN_MS = 60_000;
export const ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const JITTER_MS = 200;

/** Open after three failed requests in a row, half-open a minute later: one probe decides. */
export function breakerState(
  { openedAtMs }: Pick<KeyFacts, "openedAtMs">,
  nowMs: number,
): "closed" | "open" | "half-open" {
  if (openedAtMs === null) return "closed";
  return nowMs - openedAtMs < BREAKER_OPEN_MS ? "open" : "half-open";
}

/** Why this key does not serve now; null when it may. A half-open breaker may, with a claimed probe. */
export function restOf(key: KeyFacts, nowMs: number): Rest | null {
  if (!key.isActive) return { kind: "inactive" };
  if (!key.isReadable) return { kind: "unreadable" };
  if (key.coolingUntilMs !== null && key.coolingUntilMs > nowMs)
    return { kind: "cooling", reason: key.coolingReason ?? "", untilMs: key.coolingUntilMs };
  if (key.monthlyTokenQuota !== null && key.monthTokens >= key.monthlyTokenQuota)
    return { kind: "month-quota", untilMs: nextMonthMs(nowMs) };
  if (key.dailyTokenQuota !== null && key.dayTokens >= key.dailyTokenQuota)
    return { kind: "day-quota", untilMs: nextDayMs(nowMs) };
  if (key.openedAtMs !== null && breakerState(key, nowMs) === "open")
    return { kind: "open", untilMs: key.openedAtMs + BREAKER_OPEN_MS };
  return null;
}

/** The keys that may serve exactly this model now, best first: by priority, then the one that rested longest. */
export function chooseKeys<K extends KeyFacts>(
  keys: readonly K[],
  model: { id: string; provider: string },
  nowMs: number,
): K[] {
  return keys
    .filter((key) => key.provider === model.provider && key.models.includes(model.id) && restOf(key, nowMs) === null)
    .sort((a, b) => a.priority - b.priority || a.lastUsedAtMs - b.lastUsedAtMs);
}

/** When the first key that only cools comes back; null when waiting is of no use. */
export function nextReturnMs(keys: readonly KeyFacts[], nowMs: number): number | null {
  const returns = keys.flatMap((key) => {
    const rest = restOf(key, nowMs);
    return rest?.kind === "cooling" ? [rest.untilMs] : [];
  });
  return returns.length > 0 ? Math.min(...returns) : null;
}

/**
 * The models that may answer for the wanted one, in order: itself, then the nearest level of the other providers, then
 * other models of its own provider. Bigger before smaller at the same distance.
 */
export function standIns(offered: readonly OfferedModel[], wanted: OfferedModel): OfferedModel[] {
  const place = ({ level }: OfferedModel) => MODEL_LEVELS.indexOf(level ?? "balanced");
  const distance = (model: OfferedModel) => {
    const gap = place(model) - place(wanted);
    return (gap >= 0 ? gap : -gap + 0.5) + (model.provider === wanted.provider ? MODEL_LEVELS.length : 0);
  };
  const others = offered.filter(({ id }) => id !== wanted.id);
  return [wanted, ...others.sort((a, b) => distance(a) - distance(b))];
}

const MINUTE_MS = 60_000;
// What a refusal needs until it may have passed: a revoked key and an empty account wait for a person.
const COOLING_MS: Record<string, number> = {
  "401": 60 * MINUTE_MS,
  "402": 30 * MINUTE_MS,
  "403": 60 * MINUTE_MS,
  "429": 5_000,
  address: 60 * MINUTE_MS,
};
const SHORTEST_COOLING_MS = 1_000;
const LONGEST_COOLING_MS = 24 * 60 * MINUTE_MS;

/** How long a key rests after a refusal that is its own; null for any other failure. A provider's `Retry-After` is obeyed. */
export function coolingMs(code: string, retryAfterMs: number | null): number | null {
  const usual = COOLING_MS[code];
  if (usual === undefined) return null;
  const told = code === "429" ? (retryAfterMs ?? usual) : Math.max(usual, retryAfterMs ?? 0);
  return Math.min(Math.max(told, SHORTEST_COOLING_MS), LONGEST_COOLING_MS);
}

/** The wait before the next attempt: half a second, doubling, and up to 0.2 s of `dice` (0 to 1). Attempts count from 1. */
export function backOffMs(attempt: number, dice: number): number {
  return FIRST_WAIT_MS * 2 ** (attempt - 1) + dice * JITTER_MS;
}

/** Seconds or an HTTP date of a `Retry-After` header, as milliseconds from now; null when it says nothing usable. */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

type ModelPrice = { promptMicros: number; completionMicros: number };

/** What a call costs at the provider, in whole micros; null while its price or its tokens are not known. */
export function costMicros(
  price: ModelPrice | undefined,
  { promptTokens, completionTokens }: { promptTokens: number | null; completionTokens: number | null },
): number | null {
  if (!price || (promptTokens === null && completionTokens === null)) return null;
  return Math.round(
    ((promptTokens ?? 0) * price.promptMicros + (completionTokens ?? 0) * price.completionMicros) / 1_000_000,
  );
}

/** The used share of a quota in whole percent, at most 100; null without a quota. */
export function usedPercent(used: number, quota: number | null): number | null {
  return quota === null ? null : Math.min(100, Math.floor((used / quota) * 100));
}

function nextDayMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
}

function nextMonthMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}
