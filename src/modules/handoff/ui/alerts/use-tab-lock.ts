"use client";

import { useEffect, useRef, type RefObject } from "react";

/** Whether this tab is the one of its browser that may do something; another one follows when it is closed or stops wanting. */
export function useTabLock(name: string, isWanted: boolean): RefObject<boolean> {
  const holds = useRef(false);
  useEffect(() => {
    if (!isWanted) return;
    // Browsers offer locks to secure origins only; elsewhere each tab speaks for itself.
    if (!("locks" in navigator)) {
      holds.current = true;
      return () => void (holds.current = false);
    }
    const leaving = new AbortController();
    let letGo = () => {};
    const hold = () =>
      new Promise<void>((resolve) => {
        holds.current = true;
        letGo = resolve;
      });
    void navigator.locks.request(name, { signal: leaving.signal }, hold).catch(() => undefined);
    return () => {
      holds.current = false;
      leaving.abort();
      letGo();
    };
  }, [name, isWanted]);
  return holds;
}
