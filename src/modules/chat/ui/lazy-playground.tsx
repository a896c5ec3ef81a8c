"use client";

import { onDemand } from "@/components/on-demand";
import { type PlaygroundAssistant, PlaygroundFrame } from "./playground-frame";
import { Opening } from "./playground-opening";

type PlaygroundProps = { assistant: PlaygroundAssistant };

const PlaygroundHeader = () => <div aria-hidden data-awaited className="h-12 border-b" />;

/** The playground lives in the browser only, so its code comes after the page that it stands beside. */
export const LazyPlayground = onDemand<PlaygroundProps>(
  async () => ({ default: (await loadPlayground()).Playground }),
  <PlaygroundHeader />,
);

/** A page that is nothing but the playground. Where nothing was asked yet, its greeting does not wait for the code. */
export const WholePlayground = onDemand<PlaygroundProps & { hasTalked: boolean }>(
  async () => ({ default: (await loadPlayground()).Playground }),
  ({ assistant, hasTalked }) => (
    <PlaygroundFrame>
      {!hasTalked && (
        <div inert data-awaited className="min-h-0 flex-1 overflow-hidden p-4">
          <div className="mx-auto flex max-w-180 flex-col gap-4">
            <Opening assistant={assistant} onAsk={() => undefined} />
          </div>
        </div>
      )}
    </PlaygroundFrame>
  ),
);

const loadPlayground = () => import("./playground");

/** For the page that is nothing but the playground: its code does not wait until the page has woken up. */
export function preloadPlayground(): void {
  // A page that is offline gets it from the retries of the part itself.
  if (typeof window !== "undefined") loadPlayground().catch(() => undefined);
}
