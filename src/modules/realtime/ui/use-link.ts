"use client";

import { useEffect, useRef, useState } from "react";
import { type Link, stripOf } from "@/modules/realtime/rules";

const TICK_MS = 500;

/** Whether the live connection of this tab is there, and what the strip says of it. */
export function useLink() {
  const [initialLink] = useState<Link>(() => ({ isLive: true, sinceMs: 0, wasSaid: false, missed: 0 }));
  const link = useRef(initialLink);
  const [strip, setStrip] = useState(() => stripOf(initialLink, 0));
  const [actions] = useState(() => ({
    up: () => {
      if (link.current.isLive) return;
      link.current = { isLive: true, sinceMs: Date.now(), wasSaid: link.current.wasSaid, missed: 0 };
    },
    count: () => {
      link.current.missed += 1;
    },
    down: () => {
      if (link.current.isLive) link.current = { isLive: false, sinceMs: Date.now(), wasSaid: false, missed: 0 };
    },
  }));
  useEffect(() => {
    const timer = setInterval(() => {
      const next = stripOf(link.current, Date.now());
      if (!link.current.isLive && next.kind !== "online") link.current.wasSaid = true;
      setStrip((shown) => (JSON.stringify(shown) === JSON.stringify(next) ? shown : next));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return { strip, ...actions };
}
