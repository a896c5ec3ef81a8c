"use client";

import { loadMarkdown } from "@/components/markdown";
import { onDemand } from "@/components/on-demand";
import { onDemandInMarkup } from "@/components/on-demand-in-markup";
import { PaneSkeleton } from "@/modules/handoff/ui/conversation/pane-skeleton";

// The answers that the server drew stay as they are only if what draws them is there when the page wakes up.
const conversation = async () => {
  const [part] = await Promise.all([import("./reviewed-conversation"), loadMarkdown()]);
  return part;
};
const context = async () => ({
  default: (await import("@/modules/handoff/ui/conversation/context-panel")).ContextPanel,
});

/** A conversation weighs a quarter of a page, and an inbox opens without one. */
export const LazyConversation = onDemandInMarkup(conversation, <PaneSkeleton />);
export const LazyContext = onDemand(context, <PaneSkeleton />);

/** Fetches both while nothing else is to do, so that opening the first dialog waits for its messages only. Returns the way to stop. */
export function preloadConversation(): () => void {
  const timer = setTimeout(() => {
    LazyConversation.preload();
    // A failure is no news: whoever opens a dialog asks again.
    context().catch(() => undefined);
  }, PRELOAD_AFTER_MS);
  return () => clearTimeout(timer);
}

// The page's own script and questions go first.
const PRELOAD_AFTER_MS = 1_000;
