"use client";

import { useEffect } from "react";
import { trpc } from "@/trpc/client";

// Well under the silence that makes a person offline, and under the time after which a hidden tab says away.
const BEAT_MS = 15_000;
const HIDDEN_MS = 20_000;

/** Tells that this tab is here, and whether it can be seen. Silent about failures: the next beat makes up for a lost one. */
export function usePresence(): void {
  // Without a network they fail and are gone; kept, an hour of them would leave at once when it is back.
  const { mutate } = trpc.handoff.heartbeat.useMutation({ networkMode: "always" });
  useEffect(() => {
    let hidden: ReturnType<typeof setTimeout> | undefined;
    const beat = () => document.visibilityState === "visible" && mutate({ isVisible: true });
    const onChange = () => {
      clearTimeout(hidden);
      if (document.visibilityState === "visible") beat();
      else hidden = setTimeout(() => mutate({ isVisible: false }), HIDDEN_MS);
    };
    beat();
    const timer = setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", onChange);
    window.addEventListener("online", onChange);
    return () => {
      clearInterval(timer);
      clearTimeout(hidden);
      document.removeEventListener("visibilitychange", onChange);
      window.removeEventListener("online", onChange);
    };
  }, [mutate]);
}
