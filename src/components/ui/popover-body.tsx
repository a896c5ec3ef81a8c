"use client";

import { Popover as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "../cn";

type PopoverBodyProps = {
  buttonId: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  label?: string;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** The panel at the button of `Popover`. */
export default function PopoverBody({
  buttonId,
  isOpen,
  onOpenChange,
  label,
  align = "start",
  className,
  children,
}: PopoverBodyProps) {
  const [anchor] = useState(() => ({ current: document.getElementById(buttonId) }));
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Anchor virtualRef={anchor} />
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={6}
          align={align}
          aria-label={label}
          collisionPadding={8}
          // The button closes it by itself; closing here as well would open it again.
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          className={cn(
            "z-40 w-72 rounded-lg border bg-raised p-4 shadow-popover outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
