"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { momentsFrom } from "../snoozing/moments";
import { useMomentLabel } from "../snoozing/use-moment-label";

type SnoozeDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  onChoose: (until: Date) => void;
};

/** Until when to put the dialogs aside. */
export function SnoozeDialog({ open, onOpenChange, count, onChoose }: SnoozeDialogProps) {
  const t = useTranslations("inbox.snooze");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" title={t("title", { count })} description={t("hint")}>
        <Moments
          onChoose={(until) => {
            onOpenChange(false);
            onChoose(until);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

// Drawn only while the dialog is open, so that its moments are counted from then.
function Moments({ onChoose }: Pick<SnoozeDialogProps, "onChoose">) {
  const t = useTranslations("conversation.snooze");
  const labelOf = useMomentLabel();
  const [moments] = useState(() => momentsFrom(new Date()));
  return (
    <ul className="-mx-2 flex flex-col">
      {moments.map(({ key, at }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => onChoose(at)}
            className="flex min-h-10 w-full items-center gap-4 rounded-md px-2 text-left touch-target hover:bg-hover focus-inset"
          >
            <span className="min-w-0 flex-1">{t(key)}</span>
            <span className="shrink-0 text-sm text-muted tabular-nums">{labelOf(at, { withWeekday: true })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
