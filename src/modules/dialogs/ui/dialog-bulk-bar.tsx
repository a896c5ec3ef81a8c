"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type DialogBulkBarProps = { count: number; isBusy: boolean; onClose: () => void; onUnmark: () => void };

/** What can be done to the marked dialogs at once. */
export function DialogBulkBar({ count, isBusy, onClose, onUnmark }: DialogBulkBarProps) {
  const t = useTranslations("dialogs.list");
  return (
    <div
      role="toolbar"
      aria-label={t("bulk")}
      className="sticky bottom-16 z-20 flex flex-wrap items-center gap-2 rounded-lg border bg-raised px-4 py-2 shadow-popover md:bottom-4"
    >
      <p role="status" className="min-w-0 flex-1 font-medium tabular-nums">
        {t("marked", { count })}
      </p>
      <Button icon={<Check aria-hidden />} busy={isBusy} onClick={onClose}>
        {t("close")}
      </Button>
      <Button variant="ghost" onClick={onUnmark}>
        {t("unmark")}
      </Button>
    </div>
  );
}
