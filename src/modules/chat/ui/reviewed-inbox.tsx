"use client";

import { useEffect } from "react";
import type { Panes } from "@/modules/handoff/inbox/panes";
import { InboxPage } from "@/modules/handoff/ui/inbox/inbox-page";
import { LazyContext, LazyConversation, preloadConversation } from "./lazy-conversation";

/** The inbox, with conversations whose answers show their sources and their reasons. */
export function ReviewedInbox({ baseHref, panes }: { baseHref: string; panes: Panes }) {
  useEffect(preloadConversation, []);
  return (
    <InboxPage
      baseHref={baseHref}
      panes={panes}
      renderConversation={(open) => <LazyConversation key={open.dialogId} {...open} />}
      renderContext={(dialogId) => <LazyContext key={dialogId} dialogId={dialogId} />}
    />
  );
}
