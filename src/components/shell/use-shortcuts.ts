"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/** `mod+KeyK`, `BracketLeft`, `shift+Slash`, or two keys in a row: `KeyG KeyD`. Codes are physical keys, so any layout works. */
type Shortcuts = Record<string, (() => void) | undefined>;

const CHORD_MS = 1000;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Shortcuts of the page. Letters rest while a text field or an open dialog has the focus. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const before = useRef({ code: "", at: 0 });

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.altKey) return;
    const hasMod = event.metaKey || event.ctrlKey;
    if (!hasMod && (isTyping(event.target) || document.querySelector("[role=dialog][data-state=open]"))) return;

    const stroke = `${hasMod ? "mod+" : ""}${event.shiftKey ? "shift+" : ""}${event.code}`;
    const { code, at } = before.current;
    const chord = event.timeStamp - at < CHORD_MS ? `${code} ${stroke}` : "";
    before.current = { code: stroke, at: event.timeStamp };

    const action = shortcuts[chord] ?? shortcuts[stroke];
    if (!action) return;
    event.preventDefault();
    before.current = { code: "", at: 0 };
    action();
  });

  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
