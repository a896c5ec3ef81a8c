"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 80;

/** Keeps a growing log at its end while the reader is there, and says when the end is out of sight. */
export function useFollowEnd(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const track = () => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_PX;
      setIsAtEnd(follows.current);
    };
    element.addEventListener("scroll", track, { passive: true });
    return () => element.removeEventListener("scroll", track);
  }, []);
  const toEnd = () => {
    follows.current = true;
    setIsAtEnd(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (follows.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [content]);
  return { box, isAtEnd, toEnd };
}
