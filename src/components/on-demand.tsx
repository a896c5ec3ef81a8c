"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useIsInBrowser } from "@/components/use-is-in-browser";

const AGAIN_AFTER_MS = 2_000;

/**
 * A part of a page whose code comes when it is first drawn, and never with the page itself. Without a connection it comes
 * with the connection. Until then `standIn` is drawn, or nothing; one that depends on the part's own properties is a function of them.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  standIn: ReactNode | ((props: Props) => ReactNode) = null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function OnDemand(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (Part) return;
      let timer: ReturnType<typeof setTimeout>;
      let isOver = false;
      const fetchPart = async () => {
        try {
          loaded = (await load()).default;
          if (!isOver) setPart(() => loaded);
        } catch {
          if (!isOver) timer = setTimeout(() => void fetchPart(), AGAIN_AFTER_MS);
        }
      };
      void fetchPart();
      return () => {
        isOver = true;
        clearTimeout(timer);
      };
    }, [Part]);
    if (Part) return <Part {...props} />;
    return typeof standIn === "function" ? standIn(props) : standIn;
  };
}

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
