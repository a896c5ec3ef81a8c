"use client";

import { Suspense, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { cn } from "../cn";

type FlyoutProps = {
  /** The name of the panel. */
  label: string;
  /** What the button shows; its text is the name of the button, so that people who speak to it say what they see. */
  trigger: ReactNode;
  triggerClassName?: string;
  isCurrent?: boolean;
  /** Where the panel stands; the frame's own places are fixed. */
  className: string;
  /** `close` shuts the panel, for links and actions inside. */
  children: (close: () => void) => ReactNode;
};

/**
 * A panel of the frame on the browser's own popover: Esc, a press outside and the way back of the focus come with it. What
 * is inside is drawn when the pointer or the focus reaches the button.
 */
export function Flyout({ label, trigger, triggerClassName, isCurrent, className, children }: FlyoutProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isNear, setIsNear] = useState(false);
  const comeNear = () => setIsNear(true);
  // The browser opens it without us, so it may have been opened before we were here.
  useEffect(() => {
    if (panel.current?.matches(":popover-open")) setIsNear(true);
  }, []);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        onPointerEnter={comeNear}
        onFocus={comeNear}
        aria-current={isCurrent ? "page" : undefined}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        onToggle={comeNear}
        className={cn(
          "fixed inset-auto m-0 max-h-[min(560px,80dvh)] overflow-y-auto rounded-lg border bg-raised p-1 text-text shadow-popover empty:invisible open:animate-pop-in",
          className,
        )}
      >
        {isNear && <Suspense>{children(() => panel.current?.hidePopover())}</Suspense>}
      </div>
    </>
  );
}

export const flyoutRowStyle =
  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left hover:bg-hover focus-inset touch-target aria-[current]:bg-selected " +
  "[&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75] [&>svg]:text-muted";
