"use client";

import { type PointerEvent, useRef } from "react";

/** From here on it is a swipe and no tap. */
const BEGINS_PX = 10;
const ENOUGH_PX = 96;

/** A row that a finger drags to the left: far enough it does `act`, else it comes back. The mouse and the pen do nothing. */
export function useSwipe(act: (() => void) | undefined) {
  const from = useRef<number | null>(null);
  if (!act) return undefined;
  const movedPx = (event: PointerEvent) => (from.current === null ? 0 : Math.min(0, event.clientX - from.current));
  const end = (event: PointerEvent<HTMLElement>) => {
    from.current = null;
    event.currentTarget.style.transform = "";
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType === "touch" && event.isPrimary) from.current = event.clientX;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const row = event.currentTarget;
      const px = movedPx(event);
      if (px > -BEGINS_PX && !row.hasPointerCapture(event.pointerId)) return;
      // What is captured is no tap on the link any more.
      row.setPointerCapture(event.pointerId);
      row.style.transform = `translateX(${px}px)`;
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const isEnough = movedPx(event) <= -ENOUGH_PX;
      end(event);
      if (isEnough) act();
    },
    onPointerCancel: end,
  };
}
