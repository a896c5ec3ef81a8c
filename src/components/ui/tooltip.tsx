"use client";

import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd";

type Side = "top" | "right" | "bottom" | "left";

type TooltipProps = { content: ReactNode; keys?: readonly string[]; side?: Side; children: ReactNode };

const DELAY_MS = 400;
const GAP = 6;
const EDGE = 8;

/**
 * Words for a control, on hover after 400 ms and on keyboard focus. The child is one element. Ours, because a positioning
 * library on every page costs a tenth of the first-load budget.
 */
export function Tooltip({ content, keys, side = "bottom", children }: TooltipProps) {
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setIsOpen] = useState(false);
  const hide = () => {
    clearTimeout(timer.current);
    setIsOpen(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const control = place.current?.firstElementChild;
    control?.setAttribute("aria-describedby", id);
    return () => control?.removeAttribute("aria-describedby");
  }, [isOpen, id]);
  return (
    <>
      <span
        ref={place}
        className="contents"
        onPointerEnter={(event) => {
          if (event.pointerType === "mouse") timer.current = setTimeout(() => setIsOpen(true), DELAY_MS);
        }}
        onPointerLeave={hide}
        onPointerDown={hide}
        onFocus={(event) => setIsOpen(event.target.matches(":focus-visible"))}
        onBlur={hide}
        onKeyDown={(event) => event.key === "Escape" && hide()}
      >
        {children}
      </span>
      {isOpen && createPortal(<Bubble {...{ id, place, side, content, keys }} />, document.body)}
    </>
  );
}

type BubbleProps = Omit<TooltipProps, "children"> & { id: string; place: RefObject<HTMLElement | null>; side: Side };

function Bubble({ id, place, side, content, keys }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const control = place.current?.firstElementChild;
    if (!bubble.current || !control) return;
    const { left, top } = spotFor(control.getBoundingClientRect(), bubble.current.getBoundingClientRect(), side);
    bubble.current.style.left = `${left}px`;
    bubble.current.style.top = `${top}px`;
  }, [place, side]);
  return (
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-50 flex max-w-72 animate-fade-in items-center gap-2 rounded-md border bg-raised px-2 py-1 text-sm text-text shadow-popover"
    >
      {content}
      {keys && <Kbd keys={keys} />}
    </div>
  );
}

function spotFor(anchor: DOMRect, bubble: DOMRect, side: Side) {
  const centre = {
    left: anchor.left + (anchor.width - bubble.width) / 2,
    top: anchor.top + (anchor.height - bubble.height) / 2,
  };
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - bubble.height;
  const wanted = {
    top: { ...centre, top: above < EDGE ? below : above },
    bottom: { ...centre, top: below + bubble.height > innerHeight - EDGE ? above : below },
    left: { ...centre, left: anchor.left - GAP - bubble.width },
    right: { ...centre, left: anchor.right + GAP },
  }[side];
  return {
    left: Math.max(EDGE, Math.min(wanted.left, innerWidth - EDGE - bubble.width)),
    top: Math.max(EDGE, Math.min(wanted.top, innerHeight - EDGE - bubble.height)),
  };
}
