import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../../fakes/model-server";
import type { Scripted } from "../../fakes/telegram-bot";
import { OUTAGES } from "./cluster";
import type { Dice } from "./dice";
import type { Installation } from "./installation";

const PAUSE_MS = { low: 1_500, high: 6_000 };
/** A long run has time for its disasters, and has to come to an end between them. */
const CALM = { perDeliveries: 3_000, most: 2.5 };
/** Each hand has all of these once, in a random order, so that a short run has met everything as well. */
const HAND = [...Array.from({ length: 8 }, () => "worker" as const), "web", "web", ...OUTAGES] as const;

/** Kills workers and web processes and takes the database down, one after the other, until told to stop. */
export function startDisasters({ cluster, webs, workers }: Installation, dice: Dice, deliveries: number) {
  const calm = Math.min(CALM.most, Math.max(1, deliveries / CALM.perDeliveries));
  const pauseMs = () => calm * dice.between(PAUSE_MS.low, PAUSE_MS.high);
  const ending = new AbortController();
  const run = async () => {
    for (;;) {
      for (const event of dice.shuffle(HAND)) {
        await delay(pauseMs(), undefined, { signal: ending.signal }).catch(() => null);
        if (ending.signal.aborted) return;
        if (event === "worker") dice.pick(workers).kill();
        else if (event === "web") dice.pick(webs).kill();
        else await cluster.suffer(event);
      }
    }
  };
  const running = run();
  // A failure shows when the run is awaited.
  running.catch(() => undefined);
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** A shared count of what went wrong on purpose. */
export type Injected = Map<string, number>;

const count = (injected: Injected, name: string) => void injected.set(name, (injected.get(name) ?? 0) + 1);

const TELEGRAM_SHARES = [
  ["429", 0.015],
  ["500", 0.015],
  ["reset", 0.003],
  ["hang", 0.002],
  ["accept-then-hang", 0.002],
] as const;

/** What Telegram does to one call in thirty. */
export function telegramFaults(dice: Dice, injected: Injected): (method: string) => Scripted | undefined {
  return (method) => {
    const name = dice.outcome(TELEGRAM_SHARES);
    if (name === undefined || method === "getMe") return undefined;
    count(injected, `Telegram ${name}, ${method}`);
    if (name === "429")
      return {
        ok: false,
        error_code: 429,
        description: "Too Many Requests: retry after 1",
        parameters: { retry_after: 1 },
      };
    if (name === "500") return { ok: false, error_code: 500, description: "Internal Server Error" };
    return name;
  };
}

const MODEL_SHARES = [
  [429, 0.015],
  [500, 0.015],
  ["reset", 0.007],
  ["break", 0.01],
  ["hang", 0.002],
  ["stall", 0.001],
] as const;

/** What the model does to one call in twenty. */
export function modelFaults(dice: Dice, injected: Injected): () => Fault | undefined {
  return () => {
    const fault = dice.outcome(MODEL_SHARES);
    if (fault !== undefined) count(injected, `model ${fault}`);
    return fault;
  };
}
