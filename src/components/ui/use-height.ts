"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps an element as high as told, or with null as high as what it holds. As an attribute of a page that comes from the server the height would be refused: our
 * policy lets nothing in the markup carry styles.
 */
export function useHeight<E extends HTMLElement>(px: number | null): RefObject<E | null> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => ref.current?.style.setProperty("height", px === null ? "" : `${px}px`), [px]);
  return ref;
}
