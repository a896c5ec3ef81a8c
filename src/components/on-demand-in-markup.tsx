"use client";

import { type ComponentType, lazy, type ReactNode, startTransition, useEffect, useState } from "react";
import { AGAIN_AFTER_MS } from "@/components/on-demand";
import { useIsInBrowser } from "@/components/use-is-in-browser";

type InMarkup<Props> = ComponentType<Props> & { preload: () => void };

/**
 * A part that people come to the page for. The server draws it, so that it can be read while its code is on the way, and
 * nothing in it takes a press that would be lost. Where the browser draws it first, `standIn` stands there until the code
 * has come.
 *
 * There is no Suspense boundary around it: what is larger than 12.8 kB in one would be sent behind the rest of the page and
 * put in its place a paint later.
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
  const AwaitedByTheServer = lazy(fetchPart);
  function OnDemand(props: Props) {
    const isAwake = useIsInBrowser();
    const [isInMarkup] = useState(!isAwake);
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (Part) return;
      let isOver = false;
      const awaitPart = async () => {
        const part = await fetchPart();
        if (!isOver) startTransition(() => setPart(() => part.default));
      };
      void awaitPart();
      return () => {
        isOver = true;
      };
    }, [Part]);
    const Drawn = Part ?? (isServer ? AwaitedByTheServer : undefined);
    if (Drawn) {
      return (
        <div key="part" className="contents" inert={!isAwake}>
          <Drawn {...props} />
        </div>
      );
    }
    return isInMarkup ? <AsTheServerDrewIt key="markup" /> : standIn;
  }
  return Object.assign(OnDemand, { preload: () => void fetchPart() });
}

/** React leaves the children of such an element as they came, until another one takes its place. */
const AsTheServerDrewIt = () => (
  <div className="contents" inert suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }} />
);

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
