"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the browser draws: false on the server and while a page wakes up, so that both draw the same. */
export function useIsInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
