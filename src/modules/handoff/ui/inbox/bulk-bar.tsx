"use client";

import { Check, Clock, MailOpen, Tag, UserRoundPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";

type BulkBarProps = {
  count: number;
  isBusy: boolean;
  onClose: () => void;
  onAssign: () => void;
  onTag: () => void;
  onSnooze: () => void;
  onRead: () => void;
  onClear: () => void;
};

/** What can be done to the marked dialogs at once. */
export function BulkBar({ count, isBusy, onClose, onAssign, onTag, onSnooze, onRead, onClear }: BulkBarProps) {
  const t = useTranslations("inbox");
  return (
    <div
      role="toolbar"
      aria-label={t("bulk.label")}
      className="flex items-center gap-1 border-t bg-raised px-3 py-2 max-sm:gap-0 max-sm:px-2"
    >
      <p
        role="status"
        title={t("bulk.count", { count })}
        className="flex-1 shrink-0 px-1 text-sm font-medium tabular-nums"
      >
        <span aria-hidden>{count}</span>
        <span className="sr-only">{t("bulk.count", { count })}</span>
      </p>
      <Button size="sm" icon={<Check aria-hidden />} busy={isBusy} onClick={onClose}>
        {t("action.close")}
      </Button>
      <IconButton size="sm" label={t("action.assign")} keys={["A"]} onClick={onAssign}>
        <UserRoundPlus aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("action.tag")} keys={["L"]} onClick={onTag}>
        <Tag aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("action.snooze")} keys={["S"]} onClick={onSnooze}>
        <Clock aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("action.read")} onClick={onRead}>
        <MailOpen aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("bulk.clear")} keys={["Esc"]} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
