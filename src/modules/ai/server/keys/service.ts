import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { AiKey, CreateKeyInput, KeyNumbers, UpdateKeyInput } from "@/modules/ai/pool/contract";
import { breakerState, restOf, usedPercent } from "@/modules/ai/pool/rules";
import { audit } from "@/modules/audit/server/service";
import type { UserCtx } from "@/server/context";
import { encryptSecret } from "@/server/crypto";
import { inTransaction } from "@/server/transaction";
import { forgetMembers, type Member, poolMembers, sealPurpose } from "../pool/members";
import { mayName } from "../providers";
import {
  deleteKey,
  insertKey,
  type KeyChange,
  listKeyFacts,
  lockKey,
  resetKey,
  sumUsage,
  updateKey,
} from "./repository";

const NUMBERS_MS = 30 * 86_400_000;
const NO_NUMBERS: KeyNumbers = { requests: 0, tokens: 0, costMicros: 0, averageMs: null, successPercent: null };

/** The pool for staff, in the order in which it is offered: why a key rests, what it used, how it did. No secrets. */
export async function listKeys(ctx: UserCtx): Promise<{ items: AiKey[]; nextCursor: null }> {
  forgetMembers();
  const [members, facts, sums] = await Promise.all([
    poolMembers(),
    listKeyFacts(ctx.db),
    sumUsage(ctx.db, new Date(ctx.now().getTime() - NUMBERS_MS)),
  ]);
  const items = facts.flatMap((fact) => {
    const member = members.find(({ id }) => id === fact.id);
    // A key of an environment that was changed since has no door any more.
    if (!member) return [];
    const sum = sums.find(({ keyId }) => keyId === fact.id);
    return [toKey(member, fact, sum ? toNumbers(sum) : NO_NUMBERS)];
  });
  return { items, nextCursor: null };
}

/** Adds a key; it serves in every process within seconds. Refuses: VALIDATION for an address that is not a public one. */
export async function createKey(ctx: UserCtx, input: CreateKeyInput): Promise<AiKey> {
  assertAddress(input.baseUrl);
  const id = newId();
  const { secret, ...fields } = input;
  await inTransaction(ctx, async (tx) => {
    await insertKey(tx.db, { ...fields, id, ...sealed(id, secret) });
    const { provider, priority, isActive } = fields;
    await audit(tx, {
      operation: "ai-keys.created",
      targetKind: "ai-key",
      targetId: id,
      detail: { provider, priority, isActive, models: fields.models.join(", "), secretLast4: last4(secret) },
    });
  });
  return getKey(ctx, id);
}

/**
 * Changes a key. A new secret or address ends its rest. Refuses: NOT_FOUND, VALIDATION for an address that is not a
 * public one, CONFLICT for what only the environment can change.
 */
export async function updateKeyFields(ctx: UserCtx, { id, secret: typed, ...fields }: UpdateKeyInput): Promise<AiKey> {
  assertAddress(fields.baseUrl ?? null);
  await inTransaction(ctx, async (tx) => {
    const key = await lockKey(tx.db, id);
    if (!key) throw notFound("Key");
    const secret = typed === undefined || isMasked(typed, key.secretLast4) ? undefined : typed;
    const change: KeyChange = { ...fields, ...(secret === undefined ? {} : sealed(id, secret)) };
    const isNewDoor = secret !== undefined || fields.baseUrl !== undefined || fields.provider !== undefined;
    const movesAway =
      (fields.baseUrl !== undefined && fields.baseUrl !== key.baseUrl) ||
      (fields.provider !== undefined && fields.provider !== key.provider);
    // Sent to another address, a stored secret would be read by whoever named that address.
    if (movesAway && secret === undefined && key.source !== "environment") {
      throw new AppError("VALIDATION", "Type the key again: it is about to be sent to another address.", {
        fieldErrors: { secret: ["Type the key again"] },
      });
    }
    if (key.source === "environment" && (isNewDoor || fields.models !== undefined)) throw fromEnvironment();
    await updateKey(tx.db, id, change);
    if (isNewDoor) await resetKey(tx.db, id);
    await audit(tx, {
      operation: "ai-keys.updated",
      targetKind: "ai-key",
      targetId: id,
      detail: { fields: [...Object.keys(fields), ...(secret === undefined ? [] : ["secret"])].join(", ") },
    });
  });
  return getKey(ctx, id);
}

/** Removes a key; what it used stays on record. Refuses: NOT_FOUND, CONFLICT for a key of the environment. */
export async function removeKey(ctx: UserCtx, id: string): Promise<{ ok: true }> {
  await inTransaction(ctx, async (tx) => {
    const key = await lockKey(tx.db, id);
    if (!key) throw notFound("Key");
    if (key.source === "environment") throw fromEnvironment();
    await deleteKey(tx.db, id);
    await audit(tx, {
      operation: "ai-keys.removed",
      targetKind: "ai-key",
      targetId: id,
      detail: { provider: key.provider, secretLast4: key.secretLast4 },
    });
  });
  forgetMembers();
  return { ok: true };
}

/** Takes a key out of service or back. Refuses: NOT_FOUND. */
export async function setKeyActive(ctx: UserCtx, { id, isActive }: { id: string; isActive: boolean }): Promise<AiKey> {
  return changeState(ctx, id, isActive ? "ai-keys.activated" : "ai-keys.deactivated", (db) =>
    updateKey(db, id, { isActive }),
  );
}

/** Lets a resting key serve again at once. Refuses: NOT_FOUND. */
export async function resetCooling(ctx: UserCtx, id: string): Promise<AiKey> {
  return changeState(ctx, id, "ai-keys.cooling-reset", (db) => resetKey(db, id));
}

async function changeState(
  ctx: UserCtx,
  id: string,
  operation: string,
  change: (db: UserCtx["db"]) => Promise<void>,
): Promise<AiKey> {
  await inTransaction(ctx, async (tx) => {
    if (!(await lockKey(tx.db, id))) throw notFound("Key");
    await change(tx.db);
    await audit(tx, { operation, targetKind: "ai-key", targetId: id });
  });
  return getKey(ctx, id);
}

async function getKey(ctx: UserCtx, id: string): Promise<AiKey> {
  const key = (await listKeys(ctx)).items.find((item) => item.id === id);
  if (!key) throw notFound("Key");
  return key;
}

function assertAddress(baseUrl: string | null): void {
  if (baseUrl === null || mayName(baseUrl)) return;
  const sentence = "This address is not a public one. Hosts of your own network are named in AI_PRIVATE_HOSTS.";
  throw new AppError("VALIDATION", sentence, { fieldErrors: { baseUrl: [sentence] }, facts: { reason: "address" } });
}

const fromEnvironment = () =>
  new AppError("CONFLICT", "This key is kept in the environment of the installation. Change it there.", {
    facts: { reason: "environment" },
  });

const last4 = (secret: string) => (secret.length >= 8 ? secret.slice(-4) : "");
const sealed = (id: string, secret: string) => ({
  secretSealed: encryptSecret(secret, sealPurpose(id)),
  secretLast4: last4(secret),
});

// What the panel shows instead of the secret comes back when only other fields were changed.
const isMasked = (typed: string, shown: string) => typed === "" || /^[•*.…]+/u.test(typed) || typed === shown;

type Fact = Awaited<ReturnType<typeof listKeyFacts>>[number];
type Sum = Awaited<ReturnType<typeof sumUsage>>[number];

function toKey(member: Member, fact: Fact, last30Days: KeyNumbers): AiKey {
  const nowMs = Date.now();
  const rest = restOf(member, nowMs);
  const { dailyTokenQuota, monthlyTokenQuota, dayTokens, monthTokens } = member;
  return {
    ...fact,
    isEnvironment: member.source === "environment",
    provider: member.provider,
    models: [...member.models],
    prices: member.prices,
    dailyTokenQuota,
    monthlyTokenQuota,
    dayTokens,
    monthTokens,
    dayPercent: usedPercent(dayTokens, dailyTokenQuota),
    monthPercent: usedPercent(monthTokens, monthlyTokenQuota),
    priority: member.priority,
    isActive: member.isActive,
    state: rest?.kind ?? (breakerState(member, nowMs) === "half-open" ? "half-open" : "ready"),
    reason: rest?.kind === "cooling" ? rest.reason : rest?.kind === "open" ? fact.lastError : null,
    until: rest && "untilMs" in rest ? new Date(rest.untilMs) : null,
    last30Days,
  };
}

function toNumbers({ requests, tokens, costMicros, averageMs, failed }: Sum): KeyNumbers {
  const successPercent = requests === 0 ? null : Math.round(((requests - failed) / requests) * 1000) / 10;
  // The average of no delivered call is null in SQL, whatever its mapper says.
  return { requests, tokens, costMicros, averageMs: averageMs === null ? null : Math.round(averageMs), successPercent };
}
