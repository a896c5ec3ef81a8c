"use client";

import { onDemand } from "@/components/on-demand";

const PlaygroundHeader = () => <div aria-hidden className="h-12 border-b" />;

/** The playground lives in the browser only, so its code comes after the page that it stands beside. */
export const LazyPlayground = onDemand(
  async () => ({ default: (await import("./playground")).Playground }),
  <PlaygroundHeader />,
);
