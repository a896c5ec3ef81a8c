"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { InboxItem } from "@/modules/handoff/inbox/contract";

export type ShownRow = InboxItem & {
  /** It has left the view while the order was frozen. */
  isGone?: boolean;
};

const AFTER_A_KEY_MS = 2_000;

/**
 * Nothing moves under a pointer that is on the list, or for two seconds after a key moved along it: rows keep their places and
 * show what they have become, and arrivals are counted instead of shown.
 */
export function useFrozenOrder(items: InboxItem[], order: (one: InboxItem, other: InboxItem) => number) {
  const [frozen, setFrozen] = useState<InboxItem[] | null>(null);
  const isPointerOn = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const holdForKeys = useCallback(() => {
    setFrozen((before) => before ?? items);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => !isPointerOn.current && setFrozen(null), AFTER_A_KEY_MS);
  }, [items]);
  const onPointer = {
    onPointerEnter: (event: { pointerType: string }) => {
      if (event.pointerType !== "mouse") return;
      isPointerOn.current = true;
      setFrozen((before) => before ?? items);
    },
    onPointerLeave: () => {
      isPointerOn.current = false;
      setFrozen(null);
    },
  };
  const thaw = () => setFrozen(null);
  return { ...held(items, frozen, order), holdForKeys, onPointer, thaw };
}

/** The frozen rows as they look now, and how many newcomers stand before the last of them. */
export function held(
  items: InboxItem[],
  frozen: InboxItem[] | null,
  order: (one: InboxItem, other: InboxItem) => number,
): { rows: ShownRow[]; arrivals: number } {
  if (!frozen) return { rows: items, arrivals: 0 };
  const now = new Map(items.map((item) => [item.id, item]));
  const known = new Set(frozen.map(({ id }) => id));
  const last = frozen.at(-1);
  const others = items.filter(({ id }) => !known.has(id));
  // What stands behind the last row came with the next page.
  const behind = others.filter((item) => last !== undefined && order(item, last) > 0);
  const rows = frozen.map((item) => now.get(item.id) ?? { ...item, isGone: true });
  return { rows: [...rows, ...behind], arrivals: others.length - behind.length };
}
