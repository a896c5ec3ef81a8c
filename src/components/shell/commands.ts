"use client";

import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { useShortcuts } from "./use-shortcuts";

/** Something that can be done here and now: by its key, from the palette, and listed in the map of keys. */
export type Command = {
  id: string;
  label: string;
  icon: ReactNode;
  /** As `useShortcuts` reads it; without one the command is in the palette alone. */
  shortcut?: string;
  /** The same as people see it. */
  keys?: readonly string[];
  /** Listed with its key but absent from the palette: moving about makes no sense there. */
  isKeyOnly?: boolean;
  run: () => void;
};

const offered = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function tell(): void {
  all = [...offered.values()].flat();
  for (const listen of listeners) listen();
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

const none: readonly Command[] = [];

/** Offers commands while the component is mounted, and binds their keys. The list has to be a remembered one. */
export function useCommands(commands: readonly Command[]): void {
  const [owner] = useState(() => Symbol("commands"));
  useShortcuts(Object.fromEntries(commands.flatMap(({ shortcut, run }) => (shortcut ? [[shortcut, run]] : []))));
  useEffect(() => {
    offered.set(owner, commands);
    tell();
  }, [owner, commands]);
  useEffect(
    () => () => {
      offered.delete(owner);
      tell();
    },
    [owner],
  );
}

/** What the page under the palette offers now. */
export function useOfferedCommands(): readonly Command[] {
  return useSyncExternalStore(
    subscribe,
    () => all,
    () => none,
  );
}
