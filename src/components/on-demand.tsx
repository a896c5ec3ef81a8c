"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

export const AGAIN_AFTER_MS = 2_000;

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
