"use client";

import { useEffect } from "react";
import { iconWithDot, titleWithCount } from "@/modules/handoff/alerts/rules";

/** Keeps the number in front of the title, whatever page gives it a new one. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const apply = (shown: number) => {
      const next = titleWithCount(document.title, shown);
      if (document.title !== next) document.title = next;
    };
    apply(count);
    const observer = new MutationObserver(() => apply(count));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      apply(0);
    };
  }, [count]);
}

/** A dot on the icon of the tab. */
export function useIconDot(isShown: boolean): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"][type="image/svg+xml"]');
    if (!isShown || !link) return;
    const plain = link.href;
    let isOver = false;
    const draw = async () => {
      const svg = await (await fetch(plain)).text();
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--danger").trim() || "red";
      if (!isOver) link.href = iconWithDot(svg, colour);
    };
    // Without a connection the icon stays as it is.
    void draw().catch(() => undefined);
    return () => {
      isOver = true;
      link.href = plain;
    };
  }, [isShown]);
}
