"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 1_000;

function everySecond(onTick: () => void) {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

const currentSecond = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** The present second, and a new one each second; null while the server draws. */
export function useTickingNow(): number | null {
  return useSyncExternalStore<number | null>(everySecond, currentSecond, () => null);
}
