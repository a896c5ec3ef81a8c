"use client";

import { Star } from "lucide-react";
import { useTranslations } from "next-intl";

/** What the visitor thought of a dialog, in little room. */
export function Stars({ rating }: { rating: number | null }) {
  const t = useTranslations("dialogs.rating");
  if (rating === null) return null;
  return (
    <span
      role="img"
      aria-label={t("of", { stars: rating })}
      title={t("of", { stars: rating })}
      className="inline-flex items-center gap-1 text-sm whitespace-nowrap text-muted"
    >
      <Star aria-hidden size={14} strokeWidth={1.75} className="fill-current" />
      <span aria-hidden>{rating}</span>
    </span>
  );
}
