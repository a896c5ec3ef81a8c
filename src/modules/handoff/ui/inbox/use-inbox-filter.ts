"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import type { InboxFilter, InboxSavedView } from "@/modules/handoff/inbox/contract";
import { INBOX_CHANNELS, INBOX_SORTS, INBOX_VIEWS, type InboxView, WAIT_STATES } from "@/modules/handoff/inbox/limits";
import type { InboxPlace } from "./use-inbox-place";

export const FILTER_NAMES = ["channel", "assistant", "tag", "assignee", "unread", "wait", "sort", "q"] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type FilterValues = Partial<Record<FilterName, string>>;

/** What narrows the list beside the search. */
const CHIPS = ["channel", "assistant", "tag", "assignee", "unread", "wait"] as const satisfies FilterName[];

const TYPING_RESTS_MS = 250;

type Params = {
  place: InboxPlace & { hrefOf: (next: Partial<InboxPlace>) => string };
  saved: InboxSavedView | undefined;
};

/**
 * The filter as the address says it. A kept view brings its own; changing anything leaves it for the view that it was made
 * from. What is typed runs ahead of the address until the typing rests.
 */
export function useInboxFilter({ place, saved }: Params) {
  const params = useSearchParams();
  const [typed, setTyped] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const values = useMemo(() => {
    const read = (name: FilterName) => (saved ? saved.filter[name] : (params.get(name) ?? undefined));
    // The keys are exactly the names.
    return Object.fromEntries(FILTER_NAMES.map((name) => [name, read(name) || undefined])) as FilterValues;
  }, [params, saved]);
  const view = knownView(saved ? saved.filter.view : place.view);
  const filter = useMemo(() => toFilter(view, values), [view, values]);

  const set = (change: FilterValues) => {
    clearTimeout(timer.current);
    setTyped(undefined);
    const next = new URLSearchParams();
    for (const name of FILTER_NAMES) {
      const value = name in change ? change[name] : values[name];
      if (value) next.set(name, value);
    }
    const path = place.hrefOf({ view });
    // The router follows the address without asking the server for the page again.
    window.history.replaceState(null, "", next.size === 0 ? path : `${path}?${next}`);
  };
  return {
    view,
    filter,
    values,
    shownSearch: typed ?? values.q ?? "",
    chosen: CHIPS.filter((name) => values[name] !== undefined),
    isFiltered: FILTER_NAMES.some((name) => name !== "sort" && values[name] !== undefined),
    set,
    type: (search: string) => {
      setTyped(search);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set({ q: search }), TYPING_RESTS_MS);
    },
    reset: () => set(Object.fromEntries(FILTER_NAMES.map((name) => [name, ""]))),
  };
}

export type InboxFilterState = ReturnType<typeof useInboxFilter>;

export function knownView(view: string | undefined): InboxView {
  return INBOX_VIEWS.find((known) => known === view) ?? "queue";
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const idOf = (value: string | undefined) => (value !== undefined && UUID.test(value) ? value : undefined);

/** Whatever the address says becomes a filter that the server accepts: what cannot be read is as good as absent. */
function toFilter(view: InboxView, values: FilterValues): InboxFilter {
  return {
    view,
    channel: INBOX_CHANNELS.find((known) => known === values.channel),
    assistantId: idOf(values.assistant),
    tag: values.tag?.trim().slice(0, 40) || undefined,
    assignee: values.assignee === "none" ? "none" : idOf(values.assignee),
    unread: values.unread === "1" ? true : undefined,
    wait: WAIT_STATES.find((known) => known === values.wait),
    sort: INBOX_SORTS.find((known) => known === values.sort),
    search: values.q?.trim().slice(0, 200) || undefined,
  };
}
