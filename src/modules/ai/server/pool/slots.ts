import { db } from "@/db/client";
import type { ProviderName } from "@/modules/ai/contract";
import { limitOf } from "@/modules/system/server/settings";
import { ModelError } from "../errors";

/** Requests that may wait for a slot; the next is told at once that the house is full. */
const LINE_LENGTH = 200;

type Waiter = { enter: () => void };

// Next loads this module once per bundle; the bound is the process's.
const holder = globalThis as typeof globalThis & { chataiModelSlots?: { taken: number; line: Set<Waiter> } };

/**
 * Waits for one of the process's parallel provider calls and resolves to its release, which may be called twice.
 * Throws the signal's reason, or `ModelError` `busy` when the line is full.
 */
export async function takeSlot(provider: ProviderName, signal: AbortSignal): Promise<() => void> {
  const slots = (holder.chataiModelSlots ??= { taken: 0, line: new Set() });
  const limit = await limitOf(db(), "modelCallsPerProcess");
  signal.throwIfAborted();
  if (slots.taken >= limit) {
    if (slots.line.size >= LINE_LENGTH) throw new ModelError("switch", provider, "busy");
    await stand(slots.line, signal);
  } else {
    slots.taken += 1;
  }
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const [next] = slots.line;
    // The slot changes hands without being free in between, so nobody overtakes the line.
    if (next && slots.taken <= limit) next.enter();
    else slots.taken -= 1;
  };
}

function stand(line: Set<Waiter>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      line.delete(waiter);
      reject(signal.reason);
    };
    const waiter: Waiter = {
      enter: () => {
        line.delete(waiter);
        signal.removeEventListener("abort", leave);
        resolve();
      },
    };
    signal.addEventListener("abort", leave, { once: true });
    line.add(waiter);
  });
}
