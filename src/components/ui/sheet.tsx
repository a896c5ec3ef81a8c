"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../cn";
import { Button } from "./button";
import { scrimStyle } from "./dialog";
import { useFocusReturn } from "./use-focus-return";

export const Sheet = Primitive.Root;

type SheetContentProps = { title: ReactNode; children: ReactNode; footer?: ReactNode; className?: string };

/** From the right on a desk, from the bottom on a phone. Use inside `Sheet`. */
export function SheetContent({ title, children, footer, className }: SheetContentProps) {
  const t = useTranslations("common.action");
  const { marker, onCloseAutoFocus } = useFocusReturn();
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={scrimStyle} />
      <Primitive.Content
        onCloseAutoFocus={onCloseAutoFocus}
        aria-describedby={undefined}
        className={cn(
          "fixed z-40 flex flex-col border bg-raised shadow-dialog outline-none",
          "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl data-[state=closed]:animate-bottom-out data-[state=open]:animate-bottom-in",
          "sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-120 sm:rounded-none sm:border-y-0 sm:border-r-0",
          "sm:data-[state=closed]:animate-sheet-out sm:data-[state=open]:animate-sheet-in",
          className,
        )}
      >
        {marker}
        <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
          <Primitive.Title className="min-w-0 flex-1 truncate text-base font-semibold">{title}</Primitive.Title>
          <Primitive.Close asChild>
            <Button shape="icon" size="sm" variant="ghost" aria-label={t("close")} icon={<X aria-hidden />} />
          </Primitive.Close>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        {footer && (
          <footer className="flex justify-end gap-2 border-t p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
            {footer}
          </footer>
        )}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
