"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Key, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { useHeight } from "@/components/ui/use-height";
import { useIsInBrowser } from "@/components/use-is-in-browser";
import type { DialogDetail } from "@/modules/dialogs/contract";
import type { ThreadRow } from "@/modules/handoff/conversation/rules";
import { ThreadLine } from "./thread-line";
import type { useHistory } from "./use-history";

// Two header lines and a short sentence; what a row really takes is measured when it is drawn.
const ROW_PX = 72;
const NEAR_END_PX = 80;
const NEAR_START_PX = 400;
const OVERSCAN = 8;
/** Enough for a high window. */
const LINES_IN_MARKUP = 30;

type ThreadScrollerProps = {
  dialog: DialogDetail;
  rows: readonly ThreadRow[];
  history: Pick<
    ReturnType<typeof useHistory>,
    "hasOlder" | "isFetchingOlder" | "isOlderFailed" | "retryOlder" | "fetchOlder" | "see"
  >;
};

/**
 * Draws the rows that can be seen. Opens at the first unread message or at the end, stays where the reader is when older pages
 * come, follows new messages only at the end, and counts them elsewhere. The server knows no heights, so it draws the lines that
 * will be seen first as they follow each other.
 */
export function ThreadScroller({ dialog, rows, history }: ThreadScrollerProps) {
  const t = useTranslations("conversation.thread");
  const box = useRef<HTMLDivElement>(null);
  const topBefore = useRef(0);
  const [isPlaced, setIsPlaced] = useState(false);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const isInBrowser = useIsInBrowser();
  const lastSeq = lastSeqOf(rows, rows.length);
  const [readSeq, setReadSeq] = useState(lastSeq);
  if (isAtEnd && readSeq !== lastSeq) setReadSeq(lastSeq);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END_PX,
    useFlushSync: false,
  });
  const totalPx = virtualizer.getTotalSize();
  // Before anything scrolls.
  const canvas = useHeight<HTMLDivElement>(isInBrowser ? totalPx : null);
  const lines: readonly Line[] = isInBrowser ? virtualizer.getVirtualItems() : firstLines(rows);

  const place = useEffectEvent(() => {
    if (!isInBrowser) return;
    const unread = unreadLine(rows);
    if (unread === -1) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(unread, { align: "start" });
    setIsAtEnd(unread === -1);
    setIsPlaced(true);
  });
  useLayoutEffect(() => place(), [isInBrowser]);
  const keepEnd = useEffectEvent(() => {
    if (isAtEnd && isPlaced) virtualizer.scrollToEnd();
  });
  // Rows turn out higher or lower than estimated once they are drawn, and a growing answer grows.
  useLayoutEffect(() => keepEnd(), [totalPx]);
  // What stands below grows with what is typed, and takes its room from here.
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(() => keepEnd());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const look = useEffectEvent(() => {
    const { range } = virtualizer;
    if (!range || !isPlaced) return;
    const top = box.current?.scrollTop ?? 0;
    // Rows that grow move the end away; only who scrolls up leaves it.
    if (virtualizer.isAtEnd(NEAR_END_PX)) setIsAtEnd(true);
    else if (top < topBefore.current) setIsAtEnd(false);
    topBefore.current = top;
    history.see({
      firstSeq: lastSeqOf(rows, range.startIndex + 1),
      lastSeq: lastSeqOf(rows, range.endIndex + 1),
    });
    // Asked of the window itself: the range of rows may still be that of before the first placing.
    if (top < NEAR_START_PX && history.hasOlder && !history.isFetchingOlder && !history.isOlderFailed)
      history.fetchOlder();
  });
  useEffect(() => {
    const element = box.current;
    const onScroll = () => look();
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  }, []);
  // A page that came may not fill the window, and then nothing scrolls that would ask for the next.
  useEffect(() => look(), [rows.length, isPlaced, history.isFetchingOlder]);

  const fresh = isAtEnd ? 0 : rows.filter((row) => row.kind === "message" && row.message.seq > readSeq).length;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={t("label")}
        aria-busy={history.isFetchingOlder || undefined}
        tabIndex={0}
        className={cn(
          "flex min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain px-4 [overflow-anchor:none] focus-visible:-outline-offset-2",
          // So that the end is seen without anybody who scrolls.
          isInBrowser || unreadLine(rows) !== -1 ? "flex-col" : "flex-col-reverse",
        )}
      >
        <div ref={canvas} className="relative mx-auto mt-auto w-full max-w-180 shrink-0">
          {lines.map(({ key, index, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={start === undefined ? undefined : "absolute inset-x-0 top-0"}
                  style={start === undefined ? undefined : { transform: `translateY(${start}px)` }}
                >
                  <ThreadLine row={row} dialog={dialog} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {(history.isFetchingOlder || history.isOlderFailed) && (
        <div role="status" className="absolute inset-x-0 top-2 flex justify-center">
          {history.isOlderFailed ? (
            <Button size="sm" onClick={history.retryOlder}>
              {t("olderFailed")}
            </Button>
          ) : (
            <span className="animate-appear rounded-full border bg-raised p-1.5">
              <Spinner />
              <span className="sr-only">{t("loadingOlder")}</span>
            </span>
          )}
        </div>
      )}
      {!isAtEnd && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="sm"
            icon={<ArrowDown aria-hidden />}
            className="rounded-full shadow-popover"
            onClick={() => virtualizer.scrollToEnd()}
          >
            {fresh > 0 ? t("fresh", { count: fresh }) : t("toEnd")}
          </Button>
        </div>
      )}
    </div>
  );
}

type Line = { key: Key; index: number; start?: number };

/** The lines that are seen before anybody scrolls: the unread ones, or the end. */
function firstLines(rows: readonly ThreadRow[]): Line[] {
  const unread = unreadLine(rows);
  const from = unread === -1 ? Math.max(0, rows.length - LINES_IN_MARKUP) : unread;
  return rows.slice(from, from + LINES_IN_MARKUP).map(({ key }, n) => ({ key, index: from + n }));
}

function unreadLine(rows: readonly ThreadRow[]): number {
  return rows.findIndex(({ kind }) => kind === "unread");
}

/** The number of the last message before a row; 1 when there is none. */
function lastSeqOf(rows: readonly ThreadRow[], before: number): number {
  for (let index = Math.min(before, rows.length) - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.kind === "message") return row.message.seq;
  }
  return 1;
}
