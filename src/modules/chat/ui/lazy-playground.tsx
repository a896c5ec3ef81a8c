"use client";

import type { ReactNode } from "react";
import { onDemand } from "@/components/on-demand";
import type { PlaygroundAssistant } from "./playground-frame";

type LazyPlaygroundProps = {
  assistant: PlaygroundAssistant;
  /** What the server draws in its place. */
  standIn: ReactNode;
};

/** The playground lives in the browser only, so its code comes after the page that it stands in. */
export const LazyPlayground = onDemand<LazyPlaygroundProps>(
  async () => ({ default: (await loadPlayground()).Playground }),
  ({ standIn }) => standIn,
);

const loadPlayground = () => import("./playground");

/** For the page that is nothing but the playground: its code does not wait until the page has woken up. */
export function preloadPlayground(): void {
  // A page that is offline gets it from the retries of the part itself.
  if (typeof window !== "undefined") loadPlayground().catch(() => undefined);
}
