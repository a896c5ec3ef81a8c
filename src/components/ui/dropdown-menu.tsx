"use client";

import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn";
import { Kbd } from "./kbd";

export const DropdownMenu = Primitive.Root;
export const DropdownMenuTrigger = Primitive.Trigger;

export function DropdownMenuContent({
  className,
  sideOffset = 4,
  align = "start",
  ...rest
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(
          "z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-lg border bg-raised p-1 shadow-popover",
          "data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}

const itemStyle =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-base outline-none select-none touch-target cursor-pointer " +
  "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:text-muted [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75]";

type DropdownMenuItemProps = ComponentProps<typeof Primitive.Item> & {
  icon?: ReactNode;
  keys?: readonly string[];
  danger?: boolean;
};

export function DropdownMenuItem({ icon, keys, danger, asChild, className, children, ...rest }: DropdownMenuItemProps) {
  const style = cn(
    itemStyle,
    danger ? "text-danger-text data-highlighted:bg-danger-tint" : "[&>svg]:text-muted",
    className,
  );
  if (asChild) {
    return (
      <Primitive.Item asChild className={style} {...rest}>
        {children}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item className={style} {...rest}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <Kbd keys={keys} />}
    </Primitive.Item>
  );
}
