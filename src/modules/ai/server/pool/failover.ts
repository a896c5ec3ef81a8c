import { db } from "@/db/client";
import type { AiUsagePurpose } from "@/db/enums";
import type { OfferedModel, ProviderCall, UsageSubject } from "@/modules/ai/contract";
import { ATTEMPTS, backOffMs, breakerState, chooseKeys, coolingMs, nextReturnMs } from "@/modules/ai/pool/rules";
import { logger } from "@/server/logger";
import { ModelError, modelErrorOf } from "../errors";
import type { Connection } from "../providers";
import { raiseAlarm } from "./alarm";
import { forgetMembers, type Member, poolMembers, touchMember } from "./members";
import { claimProbe, dropProbe, writeFailure, writeRecovery } from "./repository";
import { takeSlot } from "./slots";
import { recordUsage } from "./usage";

/** The longest wait for a key that cools, when no other one is left. */
const PATIENCE_MS = 10_000;
/** How long this process remembers that a key does not know a model that it lists. */
const LACKING_MS = 5 * 60_000;

export type PoolRequest = {
  /** The models that may answer, in order. */
  models: OfferedModel[];
  purpose: AiUsagePurpose;
  /** Whom the calls are counted for. */
  subject: UsageSubject | undefined;
  signal: AbortSignal;
};

export type Door = { connection: Connection; model: OfferedModel; prices: Member["prices"]; call: ProviderCall };

/**
 * Asks one key after the other until one begins to answer; its parts follow the `call` they belong to. Faults that may
 * pass are tried again, refusals make the key rest, and after the first part nobody else is asked. Failed calls are
 * recorded here, the one that answered by whoever knows what became of it. Throws `ModelError`, or the signal's reason.
 */
export async function* askPool<Part>(
  request: PoolRequest,
  ask: (door: Door) => AsyncGenerator<Part>,
): AsyncGenerator<Part | { type: "call"; call: ProviderCall }> {
  const [wanted] = request.models;
  if (!wanted) throw new Error("A request to the pool names at least one model.");
  const release = await takeSlot(wanted.provider, request.signal);
  try {
    const search = new Search(request);
    let failure: ModelError | undefined;
    for (;;) {
      const option = await search.next();
      if (!option) break;
      failure = yield* askKey(option, request, search, ask);
      if (!failure) return;
      search.leave(option, failure);
    }
    await alarmIfNobodyServes(request);
    throw failure ?? new ModelError("switch", wanted.provider, "resting");
  } finally {
    release();
  }
}

type Option = { member: Member; connection: Connection; model: OfferedModel; isProbe: boolean };

/** Where one request has been already, and where it may still go. */
class Search {
  private readonly left = new Set<string>();
  private waits = 0;

  constructor(private readonly request: PoolRequest) {}

  leave({ member, model }: Option, failure: ModelError): void {
    const pair = pairOf(member, model);
    if (failure.code === "404") lacking.set(pair, Date.now() + LACKING_MS);
    // A key that cools is passed over by itself, and welcome again when it is back in time.
    if (coolingMs(failure.code, null) === null) this.left.add(failure.code === "404" ? pair : member.id);
  }

  async hasAnother(than: Member): Promise<boolean> {
    return (await this.able()).some(({ member }) => member.id !== than.id);
  }

  /** The best key that this request has not seen fail; when all of them cool only for a moment, the first that is back. */
  async next(): Promise<Option | undefined> {
    for (;;) {
      for (const option of await this.able()) {
        const { member } = option;
        if (option.isProbe && !(await claimProbe(db(), member.id, false))) continue;
        touchMember(member);
        return option;
      }
      if (!(await this.waitForReturn())) return this.lastResort();
    }
  }

  private async able(): Promise<Option[]> {
    const members = await poolMembers();
    const nowMs = Date.now();
    return this.request.models.flatMap((model) =>
      chooseKeys(members, model, nowMs)
        .filter((member) => !this.left.has(member.id) && !this.left.has(pairOf(member, model)))
        .filter((member) => (lacking.get(pairOf(member, model)) ?? 0) < nowMs)
        .flatMap((member) => optionOf(member, model, breakerState(member, nowMs) === "half-open")),
    );
  }

  private async waitForReturn(): Promise<boolean> {
    const nowMs = Date.now();
    const atMs = nextReturnMs(await this.concerned(), nowMs);
    if (atMs === null || atMs - nowMs > PATIENCE_MS || this.waits >= ATTEMPTS - 1) return false;
    this.waits += 1;
    await pause(atMs - nowMs + 1, this.request.signal);
    return true;
  }

  // When nothing else is left, one request a minute finds out whether a refused key was set right meanwhile.
  private async lastResort(): Promise<Option | undefined> {
    const nowMs = Date.now();
    for (const member of await this.concerned()) {
      const isCooling = member.isActive && member.coolingUntilMs !== null && member.coolingUntilMs > nowMs;
      if (!isCooling || member.coolingReason === "429" || this.left.has(member.id)) continue;
      const model = this.request.models.find((one) => servesExactly(member, one));
      const [option] = model ? optionOf(member, model, true) : [];
      if (option && (await claimProbe(db(), member.id, true))) return option;
    }
    return undefined;
  }

  private async concerned(): Promise<Member[]> {
    return (await poolMembers()).filter((member) => this.request.models.some((model) => servesExactly(member, model)));
  }
}

async function* askKey<Part>(
  option: Option,
  request: PoolRequest,
  search: Search,
  ask: (door: Door) => AsyncGenerator<Part>,
): AsyncGenerator<Part | { type: "call"; call: ProviderCall }, ModelError | undefined> {
  const { member, connection, model, isProbe } = option;
  for (let attempt = 1; ; attempt += 1) {
    const call = callOf(member, model);
    let hasBegun = false;
    let isOver = false;
    try {
      yield { type: "call", call };
      for await (const part of ask({ connection, model, prices: member.prices, call })) {
        if (!hasBegun) await noteRecovery(option);
        hasBegun = true;
        yield part;
      }
      isOver = true;
      return undefined;
    } catch (error) {
      isOver = true;
      if (request.signal.aborted) {
        if (isProbe && !hasBegun) await dropProbe(db(), member.id);
        throw request.signal.reason;
      }
      const failure = modelErrorOf(error, member.provider);
      call.durationMs = Date.now() - call.startedAt.getTime();
      const { purpose, subject } = request;
      void recordUsage(call, {
        ...(subject ?? { workspaceId: null }),
        purpose,
        outcome: "failed",
        errorCode: failure.code,
      });
      const mayRepeat = failure.kind === "retry" && !hasBegun && !isProbe && attempt < ATTEMPTS;
      // Another key is there at once; the same silence twice would cost the visitor a minute.
      if (mayRepeat && !(failure.code === "timeout" && (await search.hasAnother(member)))) {
        await pause(backOffMs(attempt, Math.random()), request.signal);
        continue;
      }
      await noteFailure(option, failure, hasBegun);
      if (hasBegun || failure.kind === "fatal") throw failure;
      return failure;
    } finally {
      // The reader went away in the middle: the probe must not stay taken.
      if (!isOver && isProbe && !hasBegun) await dropProbe(db(), member.id);
    }
  }
}

function callOf({ id: keyId, provider }: Member, { id: model }: OfferedModel): ProviderCall {
  const nothing = { promptTokens: null, completionTokens: null, costMicros: null, durationMs: null };
  return { keyId, provider, model, startedAt: new Date(), ...nothing, isRecorded: false };
}

// What is known here holds at once; the database tells the other processes.
async function noteFailure({ member, isProbe }: Option, failure: ModelError, hasBegun: boolean): Promise<void> {
  const { code, kind, retryAfterMs } = failure;
  const coolMs = coolingMs(code, retryAfterMs);
  // One bad request or one strange answer must not stop everybody.
  const isCounted = kind === "retry" && code !== "empty";
  if (coolMs !== null) Object.assign(member, { coolingUntilMs: Date.now() + coolMs, coolingReason: code });
  const facts = { keyId: member.id, code, coolMs, isCounted, isProbe: isProbe && !hasBegun };
  logger.warn({ event: "ai-key-failed", provider: member.provider, ...facts });
  try {
    await writeFailure(db(), facts);
    forgetMembers();
  } catch (error) {
    logger.error({ event: "ai-key-state-unwritten", keyId: member.id, error });
  }
}

async function noteRecovery({ member, isProbe }: Option): Promise<void> {
  if (!isProbe && member.failures === 0) return;
  member.failures = 0;
  try {
    await writeRecovery(db(), member.id, isProbe);
    forgetMembers();
  } catch (error) {
    logger.error({ event: "ai-key-state-unwritten", keyId: member.id, error });
  }
}

async function alarmIfNobodyServes({ models }: PoolRequest): Promise<void> {
  const members = await poolMembers();
  const isServed = models.some((model) => chooseKeys(members, model, Date.now()).length > 0);
  if (!isServed) await raiseAlarm();
}

const lacking = new Map<string, number>();
const pairOf = (member: Member, model: OfferedModel) => `${member.id} ${model.id}`;
const servesExactly = (member: Member, model: OfferedModel) =>
  member.provider === model.provider && member.models.includes(model.id);
const optionOf = (member: Member, model: OfferedModel, isProbe: boolean): Option[] =>
  member.connection ? [{ member, connection: member.connection, model, isProbe }] : [];

/** Waits, or throws the signal's reason. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", leave);
      resolve();
    }, durationMs);
    signal.addEventListener("abort", leave, { once: true });
  });
}
