"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { DialogItem } from "@/modules/dialogs/contract";
import { Stars } from "./stars";

/** What visitor and team thought of a dialog, in little room. */
export function DialogMarks({ dialog }: { dialog: Pick<DialogItem, "rating" | "thumbs" | "resolution"> }) {
  const t = useTranslations("dialogs");
  const { rating, thumbs, resolution } = dialog;
  return (
    <>
      <Stars rating={rating} />
      <Thumbs icon={ThumbsUp} count={thumbs.up} label={t("thumb.upCount", { count: thumbs.up })} />
      <Thumbs icon={ThumbsDown} count={thumbs.down} label={t("thumb.downCount", { count: thumbs.down })} />
      {resolution && (
        <Badge tone={resolution === "solved" ? "success" : "neutral"}>{t(`resolution.${resolution}`)}</Badge>
      )}
    </>
  );
}

function Thumbs({ icon: Icon, count, label }: { icon: typeof ThumbsUp; count: number; label: string }) {
  if (count === 0) return null;
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex items-center gap-1 text-sm text-muted">
      <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      <span aria-hidden className="tabular-nums">
        {count}
      </span>
    </span>
  );
}
