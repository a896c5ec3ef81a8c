"use client";

import { useState } from "react";
import { PANES_COOKIE, paneWidth, type Panes, writePanes } from "@/modules/handoff/inbox/panes";

const WIDE = "(min-width: 1280px)";
const YEAR_SECONDS = 31_536_000;

/**
 * The panes as somebody left them, kept for the next visit where the server can read it. The context stands beside the
 * conversation from 1280 px on unless it was closed; below it is an overlay, when somebody opens it.
 */
export function usePanes(atFirst: Panes) {
  const [panes, setPanes] = useState(atFirst);
  const [isContextOpenNarrow, setIsContextOpenNarrow] = useState(false);
  const change = (changed: Partial<Panes>) => {
    const next = { ...panes, ...changed };
    if (writePanes(next) === writePanes(panes)) return;
    setPanes(next);
    document.cookie = `${PANES_COOKIE}=${writePanes(next)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  };
  return {
    ...panes,
    isContextOpenNarrow,
    setListPx: (px: number) => change({ listPx: paneWidth(px) }),
    setContextPx: (px: number) => change({ contextPx: paneWidth(px) }),
    toggleContext: () => {
      if (matchMedia(WIDE).matches) change({ isContextClosed: !panes.isContextClosed });
      else setIsContextOpenNarrow(!isContextOpenNarrow);
    },
    closeContext: () => (matchMedia(WIDE).matches ? change({ isContextClosed: true }) : setIsContextOpenNarrow(false)),
  };
}

export type PanesState = ReturnType<typeof usePanes>;
