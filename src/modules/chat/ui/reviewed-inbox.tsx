"use client";

import { useEffect } from "react";
import { InboxPage } from "@/modules/handoff/ui/inbox/inbox-page";
import { LazyContext, LazyConversation, preloadConversation } from "./lazy-conversation";

/** The inbox, with conversations whose answers show their sources and their reasons. */
export function ReviewedInbox({ baseHref }: { baseHref: string }) {
  useEffect(preloadConversation, []);
  return (
    <InboxPage
      baseHref={baseHref}
      renderConversation={(open) => <LazyConversation key={open.dialogId} {...open} />}
      renderContext={(dialogId) => <LazyContext key={dialogId} dialogId={dialogId} />}
    />
  );
}
