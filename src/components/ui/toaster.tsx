"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { Toaster as Sonner } from "sonner";
import { announceToaster } from "./toast";

const phone = "(max-width: 640px)";
const subscribe = (onChange: () => void) => {
  const query = matchMedia(phone);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
};

/** Mounted once, by the root layout, after the first paint. */
export default function Toaster() {
  const t = useTranslations("common.action");
  const isPhone = useSyncExternalStore(
    subscribe,
    () => matchMedia(phone).matches,
    () => false,
  );
  useEffect(announceToaster, []);
  return (
    <Sonner
      position={isPhone ? "top-center" : "bottom-left"}
      visibleToasts={3}
      duration={5000}
      gap={8}
      offset={{ bottom: 16, left: "var(--toast-left, 16px)" }}
      closeButton
      // Not the `-text` tokens: the library has variables of the same names.
      icons={{
        success: <CircleCheck className="size-4 text-success" strokeWidth={1.75} />,
        error: <CircleAlert className="size-4 text-danger" strokeWidth={1.75} />,
        warning: <TriangleAlert className="size-4 text-warning" strokeWidth={1.75} />,
        info: <Info className="size-4 text-info" strokeWidth={1.75} />,
      }}
      toastOptions={{
        closeButtonAriaLabel: t("dismiss"),
        classNames: {
          toast:
            "!gap-2.5 !rounded-lg !border !border-border !bg-raised !p-3 !pr-9 !font-sans !text-base !text-text !shadow-popover",
          description: "!text-sm !text-muted",
          actionButton:
            "!h-7 !rounded-md !border !border-solid !border-border !bg-surface !px-2 !text-sm !font-medium !text-text",
          closeButton:
            "!top-1/2 !right-2 !left-auto !size-6 !-translate-y-1/2 !transform-none !border-none !bg-transparent !text-muted",
        },
      }}
    />
  );
}
