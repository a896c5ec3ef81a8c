"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { MAX_RETRIES, POLL_MS, retryDelayMs } from "@/modules/realtime/rules";

export type Line = "up" | "trying" | "broken";

// A connection that says nothing for this long was swallowed by something on the way.
const PATIENCE_MS = 15_000;
/** While asking by hand, every tenth time the connection is tried as well. */
const TRY_EVERY = 10;

/** Tries a broken line again with growing pauses; after five failures asks by hand instead, until it is up. */
export function useReconnect(line: Line, { connect, poll }: { connect: () => void; poll: () => void }): void {
  const failures = useRef(0);
  const tryAgain = useEffectEvent(() => {
    const count = failures.current;
    failures.current += 1;
    if (count < MAX_RETRIES) return connect();
    poll();
    if (count % TRY_EVERY === 0) connect();
  });
  useEffect(() => {
    if (line === "up") {
      failures.current = 0;
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    const isPolling = () => failures.current >= MAX_RETRIES;
    const wait = () => {
      const pauseMs = isPolling()
        ? POLL_MS
        : line === "trying"
          ? PATIENCE_MS
          : retryDelayMs(failures.current, Math.random());
      timer = setTimeout(() => {
        tryAgain();
        wait();
      }, pauseMs);
    };
    wait();
    return () => clearTimeout(timer);
  }, [line]);
}

const TICK_MS = 5_000;
const SLEPT_MS = 30_000;

/**
 * Calls `onWake` when the line may be dead without saying so: the network changed, or the machine slept. A stream over a
 * network that is gone stays silent for a long time; a new one fails, or works, at once.
 */
export function useWake(onWake: () => void): void {
  const wake = useEffectEvent(onWake);
  useEffect(() => {
    let tickedAtMs = Date.now();
    const timer = setInterval(() => {
      const sleptMs = Date.now() - tickedAtMs;
      tickedAtMs = Date.now();
      // A hidden tab's clock is slowed to a minute, which is no sleep.
      if (sleptMs > SLEPT_MS && document.visibilityState === "visible") wake();
    }, TICK_MS);
    const onChange = () => wake();
    window.addEventListener("offline", onChange);
    window.addEventListener("online", onChange);
    return () => {
      clearInterval(timer);
      window.removeEventListener("offline", onChange);
      window.removeEventListener("online", onChange);
    };
  }, []);
}
