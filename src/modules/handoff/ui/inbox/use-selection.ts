"use client";

import { useMemo, useState } from "react";

/** Rows that are marked for one action. A range reaches from the row that was marked last. */
export function useSelection(ids: readonly string[], limit: number) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set<string>());
  const [anchor, setAnchor] = useState<string>();
  // What has left the list is no longer marked, without anybody having to unmark it.
  const selected = useMemo(() => new Set(ids.filter((id) => marked.has(id)).slice(0, limit)), [ids, marked, limit]);
  const toggle = (id: string, isRange = false) => {
    const next = new Set(selected);
    const [from, to] = [anchor === undefined ? -1 : ids.indexOf(anchor), ids.indexOf(id)];
    if (isRange && from >= 0) {
      for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
    } else if (!next.delete(id)) next.add(id);
    setAnchor(id);
    setMarked(next);
  };
  return { selected, toggle, clear: () => setMarked(new Set<string>()) };
}
