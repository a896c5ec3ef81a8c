"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../cn";
import { Button } from "./button";
import { useFocusReturn } from "./use-focus-return";

export const Dialog = Primitive.Root;
export const DialogClose = Primitive.Close;

export const scrimStyle =
  "fixed inset-0 z-40 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in";

type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  className?: string;
};

const widths = { sm: "max-w-100", md: "max-w-130", lg: "max-w-180" } as const;

/** Title, body, buttons at the right. Use inside `Dialog`. */
export function DialogContent({ title, description, children, footer, size = "md", className }: DialogContentProps) {
  const t = useTranslations("common.action");
  const { marker, onCloseAutoFocus } = useFocusReturn();
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={cn(scrimStyle, "grid grid-cols-[minmax(0,1fr)] overflow-y-auto p-4")}>
        <Primitive.Content
          onCloseAutoFocus={onCloseAutoFocus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "relative m-auto w-full rounded-xl border bg-raised shadow-dialog outline-none",
            "data-[state=closed]:animate-dialog-out data-[state=open]:animate-dialog-in",
            widths[size],
            className,
          )}
        >
          {marker}
          <header className="flex flex-col gap-1 p-6 pr-12 pb-0 coarse:pr-16">
            <Primitive.Title className="text-lg font-semibold tracking-title">{title}</Primitive.Title>
            {description && <Primitive.Description className="text-text-2">{description}</Primitive.Description>}
          </header>
          <div className="p-6 pt-4">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-6 py-3 max-sm:*:grow">{footer}</footer>
          )}
          <Primitive.Close asChild>
            <Button
              shape="icon"
              size="sm"
              variant="ghost"
              aria-label={t("close")}
              icon={<X aria-hidden />}
              className="absolute top-4 right-4"
            />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Overlay>
    </Primitive.Portal>
  );
}
