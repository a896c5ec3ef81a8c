"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useImperativeHandle, useMemo, type Ref } from "react";
import { Button } from "@/components/ui/button";
import { useRowWindow } from "@/components/ui/use-row-window";
import { InboxRow, ROW_PX } from "./inbox-row";
import type { ShownRow } from "./use-frozen-order";

// As `h-7` says below, and `h-17` for a row.
const GROUP_PX = 28;
const OVERSCAN = 8;
/** How many rows before the end the next page is asked for. */
const AHEAD = 15;

type Entry = { kind: "row"; row: ShownRow; place: number } | { kind: "group"; name: "owed" | "answered" };

export type InboxListHandle = {
  /** Brings a row into sight and gives it the focus. */
  focusRow: (dialogId: string) => void;
  toTop: () => void;
};

type InboxListProps = {
  ref: Ref<InboxListHandle>;
  label: string;
  isGrouped: boolean;
  rows: ShownRow[];
  arrivals: number;
  hasMore: boolean;
  openId: string | undefined;
  selected: ReadonlySet<string>;
  hrefOf: (dialogId: string) => string;
  viewersOf: (dialogId: string) => string[];
  onOpen: (dialogId: string) => void;
  onSelect: (dialogId: string, isRange: boolean) => void;
  onSwipe?: (dialogId: string) => void;
  onMore: () => void;
  onShowArrivals: () => void;
  onPointer: Pick<React.DOMAttributes<HTMLElement>, "onPointerEnter" | "onPointerLeave">;
};

/** The rows that can be seen and a few around them; the scrollbar is that of the whole list. */
export function InboxList(props: InboxListProps) {
  const { ref, label, isGrouped, rows, arrivals, hasMore, openId, selected, onMore, onPointer } = props;
  const t = useTranslations("inbox.list");
  const entries = useMemo(() => toEntries(rows, isGrouped), [rows, isGrouped]);
  const heightsPx = useMemo(() => entries.map(({ kind }) => (kind === "group" ? GROUP_PX : ROW_PX)), [entries]);
  const { scroller, list, first, end, scrollToRow } = useRowWindow<HTMLUListElement>({ heightsPx, overscan: OVERSCAN });
  useEffect(() => {
    if (hasMore && end > entries.length - AHEAD) onMore();
  }, [hasMore, end, entries.length, onMore]);

  useImperativeHandle(ref, () => ({
    focusRow: (dialogId) => {
      const index = entries.findIndex((entry) => entry.kind === "row" && entry.row.id === dialogId);
      if (index < 0) return;
      scrollToRow(index);
      scroller.current?.querySelector<HTMLElement>(`[data-dialog="${dialogId}"]`)?.focus({ preventScroll: true });
    },
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
  }));

  return (
    <div className="relative min-h-0 flex-1" {...onPointer}>
      {arrivals > 0 && (
        <Button
          variant="solid"
          size="sm"
          className="absolute top-2 left-1/2 z-20 -translate-x-1/2 rounded-full shadow-popover"
          onClick={props.onShowArrivals}
        >
          {t("arrivals", { count: arrivals })}
        </Button>
      )}
      <div
        ref={scroller}
        className="h-full overflow-y-auto overscroll-contain scroll-py-2 [overflow-anchor:none]"
        data-inbox-list=""
      >
        <ul ref={list} aria-label={label}>
          {entries.slice(first, end).map((entry) => {
            if (entry.kind === "group") {
              return (
                <li key={entry.name} className="flex h-7 items-end px-3 pb-1">
                  <h2 className="text-xs font-medium text-muted">{t(`group.${entry.name}`)}</h2>
                </li>
              );
            }
            const { row, place } = entry;
            return (
              <li
                key={row.id}
                aria-setsize={hasMore ? -1 : rows.length}
                aria-posinset={place}
                className="relative h-17"
              >
                {props.onSwipe && <Behind />}
                <InboxRow
                  row={row}
                  href={props.hrefOf(row.id)}
                  isOpen={row.id === openId}
                  isSelected={selected.has(row.id)}
                  isSelecting={selected.size > 0}
                  viewers={props.viewersOf(row.id)}
                  onOpen={() => props.onOpen(row.id)}
                  onSelect={(isRange) => props.onSelect(row.id, isRange)}
                  onSwipe={props.onSwipe && (() => props.onSwipe?.(row.id))}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** Shows under a row that is dragged aside. */
function Behind() {
  const t = useTranslations("inbox.action");
  return (
    <span
      aria-hidden
      className="absolute inset-0 hidden items-center justify-end gap-1.5 bg-sunken px-4 text-sm text-text-2 coarse:flex"
    >
      <Clock className="size-4" strokeWidth={1.75} /> {t("snooze")}
    </span>
  );
}

function toEntries(rows: ShownRow[], isGrouped: boolean): Entry[] {
  const numbered = rows.map((row, index): Entry => ({ kind: "row", row, place: index + 1 }));
  if (!isGrouped || rows.length === 0) return numbered;
  const isOwed = (entry: Entry) => entry.kind === "row" && entry.row.waitingSince !== null;
  const [owed, answered] = [numbered.filter(isOwed), numbered.filter((entry) => !isOwed(entry))];
  const group = (name: "owed" | "answered", entries: Entry[]): Entry[] =>
    entries.length === 0 ? [] : [{ kind: "group", name }, ...entries];
  return [...group("owed", owed), ...group("answered", answered)];
}
