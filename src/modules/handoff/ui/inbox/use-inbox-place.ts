"use client";

import { usePathname } from "next/navigation";
import { useMemo } from "react";
import { INBOX_VIEWS } from "@/modules/handoff/inbox/limits";

export type InboxPlace = {
  /** One of the fixed views, or the id of a saved one. */
  view: string;
  dialogId: string | undefined;
};

/** Where the person is inside the inbox. Moving about asks the server for no page: the address alone changes. */
export function useInboxPlace(baseHref: string) {
  const pathname = usePathname();
  return useMemo(() => {
    const [view = INBOX_VIEWS[0], dialogId] = pathname.slice(baseHref.length).split("/").filter(Boolean);
    const place: InboxPlace = { view, dialogId };
    const hrefOf = (next: Partial<InboxPlace>) => {
      const { view: nextView, dialogId: nextDialog } = { ...place, ...next };
      return `${baseHref}/${nextView}${nextDialog ? `/${nextDialog}` : ""}`;
    };
    const go = (next: Partial<InboxPlace>, how: "push" | "replace" = "push") => {
      const href = `${hrefOf(next)}${window.location.search}`;
      if (how === "push") window.history.pushState(null, "", href);
      else window.history.replaceState(null, "", href);
    };
    /** Another view begins without a filter and, where there is room for one pane, with its list. */
    const goToView = (next: string, values: Record<string, string> = {}) => {
      const isWide = matchMedia("(min-width: 1024px)").matches;
      const path = hrefOf({ view: next, ...(!isWide && { dialogId: undefined }) });
      const search = new URLSearchParams(values);
      window.history.pushState(null, "", search.size === 0 ? path : `${path}?${search}`);
    };
    return { ...place, hrefOf, go, goToView };
  }, [baseHref, pathname]);
}
