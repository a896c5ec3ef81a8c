"use client";

import { onDemand } from "@/components/on-demand";

const PlaygroundHeader = () => <div aria-hidden data-awaited className="h-12 border-b" />;

/** The playground lives in the browser only, so its code comes after the page that it stands beside. */
export const LazyPlayground = onDemand(
  async () => ({ default: (await loadPlayground()).Playground }),
  <PlaygroundHeader />,
);

const loadPlayground = () => import("./playground");

/** For the page that is nothing but the playground: its code does not wait until the page has woken up. */
export function preloadPlayground(): void {
  // A page that is offline gets it from the retries of the part itself.
  if (typeof window !== "undefined") loadPlayground().catch(() => undefined);
}
