"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type SaveBarProps = {
  isDirty: boolean;
  isBusy: boolean;
  isWrong: boolean;
  isOvertaken: boolean;
  failure: string | null;
  onSave: () => void;
  onReload: () => void;
};

/** Saves what was changed above, and says why when it did not. Stays in sight on long pages. */
export function SaveBar({ isDirty, isBusy, isWrong, isOvertaken, failure, onSave, onReload }: SaveBarProps) {
  const t = useTranslations("reach.save");
  if (!isDirty && !failure && !isOvertaken) return null;
  return (
    <div className="sticky bottom-2 z-10 flex flex-wrap items-center gap-3 rounded-lg border bg-raised p-3 shadow-dialog max-md:bottom-16">
      <p role="status" className="min-w-0 flex-1 basis-48 text-sm text-text-2">
        {isOvertaken ? t("overtaken") : (failure ?? t(isWrong ? "wrong" : "unsaved"))}
      </p>
      {isOvertaken ? (
        <Button onClick={onReload}>{t("reload")}</Button>
      ) : (
        <Button variant="solid" busy={isBusy} disabled={isWrong} onClick={onSave}>
          {t("save")}
        </Button>
      )}
    </div>
  );
}
