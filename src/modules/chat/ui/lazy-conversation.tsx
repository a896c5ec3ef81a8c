"use client";

import { onDemand } from "@/components/on-demand";
import { PaneSkeleton } from "@/modules/handoff/ui/conversation/pane-skeleton";

const conversation = () => import("./reviewed-conversation");
const context = async () => ({
  default: (await import("@/modules/handoff/ui/conversation/context-panel")).ContextPanel,
});

/** A conversation weighs a quarter of a page, and an inbox opens without one. */
export const LazyConversation = onDemand(conversation, <PaneSkeleton />);
export const LazyContext = onDemand(context, <PaneSkeleton />);

/** Fetches both while nothing else is to do, so that opening the first dialog waits for its messages only. Returns the way to stop. */
export function preloadConversation(): () => void {
  // A failure is no news: whoever opens a dialog asks again.
  const timer = setTimeout(
    () => void Promise.all([conversation(), context()]).catch(() => undefined),
    PRELOAD_AFTER_MS,
  );
  return () => clearTimeout(timer);
}

// The page's own script and questions go first.
const PRELOAD_AFTER_MS = 1_000;
