"use client";

import { useCallback, useState } from "react";
import type { MessageItem } from "@/modules/dialogs/contract";
import { cursorOf, HISTORY_PAGE, pageOf } from "@/modules/handoff/conversation/rules";
import { trpc } from "@/trpc/client";

type Seen = { firstSeq: number; lastSeq: number };

/**
 * The messages of a dialog: its end, and as many older pages as were asked for. An event makes only the end and the pages
 * on the screen be asked again, so a dialog of ten thousand messages costs no more than a short one.
 */
export function useHistory(dialogId: string) {
  const tail = trpc.dialogs.messages.useQuery({ dialogId, limit: HISTORY_PAGE });
  const [lowestPage, setLowestPage] = useState<number | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const tailItems = tail.data?.items;
  const highestPage = pageOf(tailItems?.at(-1)?.seq ?? 1);
  const pages =
    lowestPage === null ? [] : Array.from({ length: highestPage - lowestPage + 1 }, (_, index) => lowestPage + index);
  const older = trpc.useQueries((t) =>
    pages.map((page) =>
      t.dialogs.messages(
        { dialogId, cursor: cursorOf(page), limit: HISTORY_PAGE },
        { enabled: page === lowestPage || isOnScreen(page, seen), staleTime: Infinity },
      ),
    ),
  );
  const loaded = older.map(({ data }) => data?.items);
  const items = merge([...loaded, tailItems]);
  const firstSeq = items[0]?.seq ?? 1;
  const isFetchingOlder = older[0]?.isFetching ?? false;
  const hasOlder = firstSeq > 1 && (lowestPage === null ? tail.data?.nextCursor !== null : lowestPage > 0);

  const fetchOlder = useCallback(() => {
    setLowestPage((page) => (page === null ? pageOf(firstSeq - 1) : Math.max(0, page - 1)));
  }, [firstSeq]);
  const see = useCallback((next: Seen) => {
    setSeen((now) => (now && isSamePages(now, next) ? now : next));
  }, []);
  const failed = older.find(({ isError }) => isError);
  return {
    items,
    isPending: tail.isPending,
    error: tail.data ? null : tail.error,
    refetch: tail.refetch,
    isRefetching: tail.isRefetching,
    hasOlder,
    isFetchingOlder,
    isOlderFailed: failed !== undefined,
    retryOlder: () => void failed?.refetch(),
    fetchOlder,
    see,
  };
}

function isOnScreen(page: number, seen: Seen | null): boolean {
  return seen !== null && page >= pageOf(seen.firstSeq) && page <= pageOf(seen.lastSeq);
}

function isSamePages(one: Seen, other: Seen): boolean {
  return pageOf(one.firstSeq) === pageOf(other.firstSeq) && pageOf(one.lastSeq) === pageOf(other.lastSeq);
}

// Where two pages overlap the later one is the fresher: the end comes last.
function merge(pages: readonly (readonly MessageItem[] | undefined)[]): MessageItem[] {
  const bySeq = new Map<number, MessageItem>();
  for (const page of pages) for (const item of page ?? []) bySeq.set(item.seq, item);
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}
