"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLiveHints } from "@/components/live-hints";
import type { InboxFilter, InboxItem, InboxPage } from "@/modules/handoff/inbox/contract";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import { inOrderOf, mergeRows } from "@/modules/handoff/inbox/rules";
import { trpc } from "@/trpc/client";
import { Gathering, Newest } from "./gathering";

// Long enough to turn a burst of messages into one question, short enough to feel at once.
const GATHER_MS = 150;
// A message is heard in every tab of the team at once; they ask one after the other.
const SPREAD_MS = 250;
const CONCERNS_A_ROW = /^(message\.(new|updated)|dialog\.|handoff\.)/;

/** The rows of a view, page by page, kept true by what happens: only the rows that something happened to are asked for again. */
export function useInboxRows(filter: InboxFilter) {
  const utils = trpc.useUtils();
  const query = trpc.inbox.list.useInfiniteQuery(filter, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // Hints keep it true; this is for what a sleeping tab missed.
    staleTime: 30_000,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);

  const [newest] = useState(() => new Newest());
  const refresh = async (touched: string[]) => {
    const shown = new Set(items.map(({ id }) => id));
    // Whether new words fit a search is the index's to say, not a hint's: a search refreshes only what it shows.
    const ids = touched.filter((id) => !filter.search || shown.has(id));
    void utils.inbox.counts.invalidate();
    for (let from = 0; from < ids.length; from += inboxLimits.bulk) {
      const asked = ids.slice(from, from + inboxLimits.bulk);
      const answered = newest.ask(asked);
      const found = await utils.client.inbox.rows.query({ dialogIds: asked, filter: { ...filter, search: undefined } });
      const current = answered();
      const rows = found.items.filter(({ id }) => current.includes(id));
      utils.inbox.list.setInfiniteData(
        filter,
        (data) => data && { ...data, pages: withRows(data.pages, current, rows, filter) },
      );
    }
  };
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const [gathering] = useState(
    () =>
      // A question that failed is made up for when the stream is back, which asks for everything anew.
      new Gathering(
        (ids) => void latest.current(ids).catch(() => undefined),
        () => GATHER_MS + Math.random() * SPREAD_MS,
      ),
  );
  useEffect(() => () => gathering.stop(), [gathering]);
  const { touch } = gathering;
  useLiveHints(({ type, ids }) => {
    if (ids.dialogId && CONCERNS_A_ROW.test(type)) touch(ids.dialogId);
  });
  return { query, items, touch };
}

/** The same pages with some rows asked for anew; what came in or went out changes the length of the first page. */
function withRows(pages: InboxPage[], asked: string[], found: InboxItem[], filter: InboxFilter): InboxPage[] {
  const shown = pages.flatMap((page) => page.items);
  const hasMore = pages.at(-1)?.nextCursor !== null;
  const merged = mergeRows(shown, { asked, found, hasMore }, inOrderOf(filter));
  const behind = pages.slice(1).reduce((sum, page) => sum + page.items.length, 0);
  let from = Math.max(0, merged.length - behind);
  return pages.map((page, index) => {
    if (index === 0) return { ...page, items: merged.slice(0, from) };
    const items = merged.slice(from, from + page.items.length);
    from += page.items.length;
    return { ...page, items };
  });
}
