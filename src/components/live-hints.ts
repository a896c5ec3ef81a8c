"use client";

import { useEffect, useEffectEvent } from "react";

/** What the one live connection of this tab says, for parts of the page that do more with it than ask their queries again. */
export type LiveHint = { seq: number; type: string; ids: Record<string, string> };

const hearers = new Set<(hint: LiveHint) => void>();

export function tellLiveHint(hint: LiveHint): void {
  for (const hear of hearers) hear(hint);
}

/** Calls `onHint` with each hint while the component is mounted. */
export function useLiveHints(onHint: (hint: LiveHint) => void): void {
  const hear = useEffectEvent(onHint);
  useEffect(() => {
    const hearer = (hint: LiveHint) => hear(hint);
    hearers.add(hearer);
    return () => void hearers.delete(hearer);
  }, []);
}
