import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/**
 * For dialogs that are opened by state and not by a trigger: the focus goes back to where it was. `marker` stands first
 * inside the dialog's content.
 */
export function useFocusReturn() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    marker: <OpenerMarker opener={opener} />,
    onCloseAutoFocus: (event: Event) => {
      const { current } = opener;
      if (!current?.isConnected) return;
      event.preventDefault();
      current.focus();
    },
  };
}

// Rendered before any field of the dialog can take the focus; by the time Radix asks, an autofocused one already has.
function OpenerMarker({ opener }: { opener: RefObject<HTMLElement | null> }) {
  const [before] = useState(focusedOpener);
  useLayoutEffect(() => {
    opener.current = before;
  }, [opener, before]);
  return null;
}

function focusedOpener(): HTMLElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return null;
  // A chosen item goes away with its menu, whose button stays.
  const menuButtonId = activeElement.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return (menuButtonId ? document.getElementById(menuButtonId) : null) ?? activeElement;
}
