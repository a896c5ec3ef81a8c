"use client";

import { useSyncExternalStore } from "react";
import { keptStorage } from "@/components/kept-storage";

const KEY = "composer:enter";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = () => keptStorage().getItem(KEY) !== "break";

/** Whether Enter sends and Shift+Enter breaks the line, or the other way round; remembered in this browser. */
export function useEnterChoice(): [sendsOnEnter: boolean, swap: () => void] {
  const sendsOnEnter = useSyncExternalStore(subscribe, read, () => true);
  const swap = () => {
    keptStorage().setItem(KEY, sendsOnEnter ? "break" : "send");
    for (const listener of listeners) listener();
  };
  return [sendsOnEnter, swap];
}
