"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useState } from "react";
import { AGAIN_AFTER_MS } from "@/components/on-demand";
import { useIsInBrowser } from "@/components/use-is-in-browser";

type InMarkup<Props> = ComponentType<Props> & { preload: () => void };

/**
 * A part that people come to the page for. The server draws it, so that it can be read while its code is on the way, and
 * nothing in it takes a press that would be lost. Where the browser draws it first, `standIn` stands there until the code
 * has come.
 */
export function onDemandInMarkup<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  standIn: ReactNode = null,
): InMarkup<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetchPart = async () => {
    const part = await (isServer ? load() : untilLoaded(load));
    loaded = part.default;
    return part;
  };
  const Lazy = lazy(fetchPart);
  function OnDemand(props: Props) {
    // A lazy component shows its stand-in once even when its code is there. One that was begun as such has to stay it.
    const [Part] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return (
      <Suspense fallback={standIn}>
        <Sleeping>
          <Part {...props} />
        </Sleeping>
      </Suspense>
    );
  }
  return Object.assign(OnDemand, { preload: () => void fetchPart() });
}

function Sleeping({ children }: { children: ReactNode }) {
  const isAwake = useIsInBrowser();
  return (
    <div className="contents" inert={!isAwake}>
      {children}
    </div>
  );
}

const isServer = typeof window === "undefined";

async function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
  }
}
