"use client";

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";

// Drawn by the server, which knows no window; enough for a high screen.
const ROWS_AT_FIRST = 20;

type Span = { first: number; end: number };

type RowWindowOptions = {
  /** Of each row from the first to the last. */
  heightsPx: readonly number[];
  /** Rows drawn beyond the edges, so that scrolling meets no gaps. */
  overscan: number;
};

/**
 * Of many rows whose heights are known, those that can be seen. Draw `rows.slice(first, end)` in `list` inside `scroller`;
 * the room of the others is kept by the padding of `list`, which is set from here, for our policy lets nothing in the markup
 * carry styles.
 */
export function useRowWindow<List extends HTMLElement>({ heightsPx, overscan }: RowWindowOptions) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<List>(null);
  const [span, setSpan] = useState<Span>({ first: 0, end: ROWS_AT_FIRST });
  const topsPx = useMemo(() => topsOf(heightsPx), [heightsPx]);
  const { first, end } = clamp(span, heightsPx.length);
  const abovePx = topsPx[first] ?? 0;
  const belowPx = (topsPx.at(-1) ?? 0) - (topsPx[end] ?? 0);

  const look = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const next = spanOf(topsPx, { fromPx: box.scrollTop, toPx: box.scrollTop + box.clientHeight }, overscan);
    setSpan((now) => (now.first === next.first && now.end === next.end ? now : next));
  }, [topsPx, overscan]);

  useLayoutEffect(() => {
    list.current?.style.setProperty("padding-block", `${abovePx}px ${belowPx}px`);
  }, [abovePx, belowPx]);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [look]);

  /** Scrolls as far as needed for a row to be seen whole; it is drawn when this returns. */
  const scrollToRow = (index: number) => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = scrollTopFor(topsPx, index, { topPx: box.scrollTop, heightPx: box.clientHeight });
    flushSync(look);
  };
  return { scroller, list, first, end, scrollToRow };
}

/** Where each row begins, and at last where the last one ends. */
function topsOf(heightsPx: readonly number[]): number[] {
  const topsPx = [0];
  for (const heightPx of heightsPx) topsPx.push((topsPx.at(-1) ?? 0) + heightPx);
  return topsPx;
}

/** The rows that a window meets, and `overscan` beyond each edge. `end` is behind the last one. */
export function spanOf(
  topsPx: readonly number[],
  { fromPx, toPx }: { fromPx: number; toPx: number },
  overscan: number,
): Span {
  const count = topsPx.length - 1;
  const first = Math.max(0, firstAfter(topsPx, fromPx) - 1 - overscan);
  return { first: Math.min(first, count), end: Math.min(count, firstAfter(topsPx, toPx) + overscan) };
}

// The first edge below a place; a row begins above it and ends there.
function firstAfter(topsPx: readonly number[], px: number): number {
  let [low, high] = [0, topsPx.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((topsPx[middle] ?? 0) > px) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The place of a window that shows a row whole and moves as little as it can. */
export function scrollTopFor(
  topsPx: readonly number[],
  index: number,
  { topPx, heightPx }: { topPx: number; heightPx: number },
): number {
  const [from, to] = [topsPx[index] ?? 0, topsPx[index + 1] ?? 0];
  if (from < topPx) return from;
  return to > topPx + heightPx ? to - heightPx : topPx;
}

function clamp({ first, end }: Span, count: number): Span {
  return { first: Math.min(first, count), end: Math.min(end, count) };
}
