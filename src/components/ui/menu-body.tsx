"use client";

import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../cn";
import type { MenuItem } from "./menu";

type MenuBodyProps = {
  buttonId: string;
  isOpen: boolean;
  /** Then the first item takes the focus. */
  isByKeyboard: boolean;
  onOpenChange: (isOpen: boolean) => void;
  items: readonly MenuItem[];
  align?: "start" | "end";
  className?: string;
};

/** The list under the button of `Menu`. */
export default function MenuBody({
  buttonId,
  isByKeyboard,
  isOpen,
  onOpenChange,
  items,
  align = "start",
  className,
}: MenuBodyProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      {/* Where the list stands. The button itself was on the page before Radix was. */}
      <Primitive.Trigger asChild>
        <span aria-hidden tabIndex={-1} className="pointer-events-none absolute inset-0" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-labelledby={buttonId}
          onFocus={({ target, currentTarget }) => {
            if (isByKeyboard && target === currentTarget)
              currentTarget.querySelector<HTMLElement>("[role=menuitem]")?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(buttonId)?.focus();
          }}
          sideOffset={4}
          align={align}
          collisionPadding={8}
          className={cn(
            "z-40 max-h-(--radix-dropdown-menu-content-available-height) max-w-[min(22rem,calc(100vw-16px))] min-w-48 overflow-y-auto rounded-lg border bg-raised p-1 shadow-popover",
            "data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
            className,
          )}
        >
          {items.map((item) => (
            <Row key={item.key} item={item} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const rowStyle =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-base outline-none select-none touch-target cursor-pointer " +
  "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:text-muted [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75]";

function Row({ item }: { item: MenuItem }) {
  const { label, note, icon, danger, disabled } = item;
  const className = cn(rowStyle, danger ? "text-danger-text data-highlighted:bg-danger-tint" : "[&>svg]:text-muted");
  const words: ReactNode = (
    <>
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block wrap-anywhere">{label}</span>
        {note && <span className="block truncate text-sm text-muted">{note}</span>}
      </span>
    </>
  );
  if ("onSelect" in item) {
    return (
      <Primitive.Item className={className} disabled={disabled} onSelect={item.onSelect}>
        {words}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item asChild className={className}>
      {item.isDownload ? (
        <a href={item.href} download>
          {words}
        </a>
      ) : (
        <Link href={item.href}>{words}</Link>
      )}
    </Primitive.Item>
  );
}
