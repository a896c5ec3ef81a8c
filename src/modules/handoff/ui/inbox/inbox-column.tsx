"use client";

import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { cn } from "@/components/cn";
import { onDemand } from "@/components/on-demand";
import { ErrorState } from "@/components/ui/error-state";
import { useWasOnce } from "@/components/ui/use-was-once";
import { inOrderOf } from "@/modules/handoff/inbox/rules";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import { trpc } from "@/trpc/client";
import { tomorrowMorning } from "../snoozing/moments";
import { InboxFilters } from "./inbox-filters";
import { InboxList, type InboxListHandle } from "./inbox-list";
import { InboxEmpty, InboxSkeleton } from "./inbox-state";
import { InboxViews } from "./inbox-views";
import { useFrozenOrder } from "./use-frozen-order";
import { useInboxActions } from "./use-inbox-actions";
import { useInboxCommands } from "./use-inbox-commands";
import { useInboxFilter } from "./use-inbox-filter";
import type { useInboxPlace } from "./use-inbox-place";
import { useInboxRows } from "./use-inbox-rows";
import { useSelection } from "./use-selection";
import { useViewers } from "./use-viewers";

const EnableSound = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/alerts/enable-sound")).EnableSound,
}));
const BulkBar = onDemand(async () => ({ default: (await import("./bulk-bar")).BulkBar }));
const AssignDialog = onDemand(async () => ({ default: (await import("./assign-dialog")).AssignDialog }));
const TagDialog = onDemand(async () => ({ default: (await import("./tag-dialog")).TagDialog }));
const SnoozeDialog = onDemand(async () => ({ default: (await import("./snooze-dialog")).SnoozeDialog }));

type Asked = "assign" | "tag" | "snooze";

type InboxColumnProps = {
  place: ReturnType<typeof useInboxPlace>;
  onToggleContext: () => void;
  className?: string;
};

/** The column of dialogs: views, filters, the list, and what is done to its rows. */
export function InboxColumn({ place, onToggleContext, className }: InboxColumnProps) {
  const t = useTranslations("inbox");
  const common = useTranslations("common.state");
  const list = useRef<InboxListHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosenFor, setChosenFor] = useState<string[]>([]);
  const hadAssign = useWasOnce(asked === "assign");
  const hadTag = useWasOnce(asked === "tag");
  const hadSnooze = useWasOnce(asked === "snooze");

  const views = trpc.inbox.views.list.useQuery(undefined, { staleTime: 60_000 });
  const counts = trpc.inbox.counts.useQuery(undefined, { staleTime: 30_000 });
  const saved = views.data?.items ?? [];
  const state = useInboxFilter({ place, saved: saved.find(({ id }) => id === place.view) });
  const { filter, view } = state;
  const { query, items, touch } = useInboxRows(filter);
  const order = useMemo(() => inOrderOf(filter), [filter]);
  const { rows, arrivals, holdForKeys, onPointer, thaw } = useFrozenOrder(items, order);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { selected, toggle, clear } = useSelection(ids, inboxLimits.bulk);
  const actions = useInboxActions(touch);
  const viewersOf = useViewers();

  const open = (dialogId: string) => place.go({ dialogId }, place.dialogId === undefined ? "push" : "replace");
  const targets = (): string[] => {
    if (selected.size > 0) return [...selected];
    const target = focusedRow() ?? place.dialogId;
    return target === undefined ? [] : [target];
  };
  const step = (from: string | undefined, by: 1 | -1) => {
    const index = from === undefined ? -1 : ids.indexOf(from);
    return ids[index < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, index + by))];
  };
  const ask = (what: Asked) => {
    setChosenFor(targets());
    setAsked(what);
  };
  const closeAll = async () => {
    const closing = targets();
    const next = step(closing.at(-1), 1);
    if (place.dialogId !== undefined && closing.includes(place.dialogId)) {
      place.go({ dialogId: next !== undefined && !closing.includes(next) && isWide() ? next : undefined }, "replace");
    }
    clear();
    await actions.act(closing, { kind: "close" });
  };

  useInboxCommands(
    {
      move: (by) => {
        holdForKeys();
        const next = step(focusedRow() ?? place.dialogId, by);
        if (next !== undefined) list.current?.focusRow(next);
      },
      openNext: (by) => {
        const next = step(place.dialogId, by);
        if (next !== undefined && next !== place.dialogId) open(next);
      },
      back: () => {
        if (selected.size > 0) clear();
        else if (place.dialogId !== undefined) {
          const left = place.dialogId;
          place.go({ dialogId: undefined });
          list.current?.focusRow(left);
        }
      },
      focusSearch: () => searchBox.current?.focus(),
      mark: (isRange) => {
        const target = focusedRow() ?? place.dialogId;
        if (target !== undefined) toggle(target, isRange);
      },
      take: () => {
        const [target] = targets();
        if (target === undefined) return;
        open(target);
        void actions.take(target);
      },
      close: () => void closeAll(),
      assign: () => ask("assign"),
      tag: () => ask("tag"),
      snooze: () => ask("snooze"),
      unread: () => {
        const marked = targets();
        // An open dialog is read at once, so it is left first.
        if (place.dialogId !== undefined && marked.includes(place.dialogId))
          place.go({ dialogId: undefined }, "replace");
        void actions.act(marked, { kind: "unread" });
      },
      toggleContext: onToggleContext,
    },
    { hasTarget: rows.length > 0 || place.dialogId !== undefined, isOpen: place.dialogId !== undefined },
  );

  return (
    <section aria-label={t("list.label")} className={cn("flex min-h-0 min-w-0 flex-1 flex-col", className)}>
      <InboxViews place={place} counts={counts.data} saved={saved} />
      <InboxFilters state={state} searchBox={searchBox} onKept={(id) => place.goToView(id)} />
      {rows.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          {query.isPending ? (
            <InboxSkeleton label={common("loading")} />
          ) : query.isError ? (
            <ErrorState
              onRetry={() => void query.refetch()}
              isRetrying={query.isRefetching}
              requestId={query.error.data?.requestId}
            />
          ) : (
            <InboxEmpty
              view={view}
              isFiltered={state.isFiltered}
              isSearching={filter.search !== undefined}
              counts={counts.data}
              onReset={state.reset}
              onSearchAll={() => place.goToView("all", { q: filter.search ?? "" })}
              goToView={place.goToView}
            />
          )}
        </div>
      ) : (
        <InboxList
          ref={list}
          label={t("list.label")}
          isGrouped={view === "mine" && !filter.sort}
          rows={rows}
          arrivals={arrivals}
          hasMore={query.hasNextPage}
          openId={place.dialogId}
          selected={selected}
          hrefOf={(dialogId) => place.hrefOf({ dialogId })}
          viewersOf={viewersOf}
          onOpen={open}
          onSelect={toggle}
          onSwipe={
            view === "mine"
              ? (dialogId) => void actions.act([dialogId], { kind: "snooze", until: tomorrowMorning(new Date()) })
              : undefined
          }
          onMore={() => !query.isFetchingNextPage && void query.fetchNextPage()}
          onShowArrivals={() => {
            thaw();
            list.current?.toTop();
          }}
          onPointer={onPointer}
        />
      )}
      {/* Below the list, which does not move when the settings come. */}
      <EnableSound className="mx-2 mt-auto mb-1 self-start" />
      {selected.size > 0 && (
        <BulkBar
          count={selected.size}
          isBusy={actions.isBusy}
          onClose={() => void closeAll()}
          onAssign={() => ask("assign")}
          onTag={() => ask("tag")}
          onSnooze={() => ask("snooze")}
          onRead={() => void actions.act([...selected], { kind: "read" })}
          onClear={clear}
        />
      )}
      {hadAssign && (
        <AssignDialog
          open={asked === "assign"}
          onOpenChange={(isOpen) => !isOpen && setAsked(null)}
          count={chosenFor.length}
          onChoose={(userId) => void actions.act(chosenFor, { kind: "assign", userId })}
        />
      )}
      {hadTag && (
        <TagDialog
          open={asked === "tag"}
          onOpenChange={(isOpen) => !isOpen && setAsked(null)}
          count={chosenFor.length}
          onChoose={(text) => void actions.act(chosenFor, { kind: "tag", text })}
        />
      )}
      {hadSnooze && (
        <SnoozeDialog
          open={asked === "snooze"}
          onOpenChange={(isOpen) => !isOpen && setAsked(null)}
          count={chosenFor.length}
          onChoose={(until) => void actions.act(chosenFor, { kind: "snooze", until })}
        />
      )}
    </section>
  );
}

function focusedRow(): string | undefined {
  const row = document.activeElement;
  return row instanceof HTMLElement ? row.dataset.dialog : undefined;
}

const isWide = () => matchMedia("(min-width: 1024px)").matches;
