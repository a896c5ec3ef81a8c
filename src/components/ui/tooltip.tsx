"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

type TooltipProps = {
  content: ReactNode;
  keys?: readonly string[];
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Primitive.Provider>
);

/** The child must take a ref and props: a button, a link, an element. */
export function Tooltip({ content, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade-in items-center gap-2 rounded-md border bg-raised px-2 py-1 text-sm text-text shadow-popover"
        >
          {content}
          {keys && <Kbd keys={keys} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
