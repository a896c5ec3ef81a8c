"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatLatency, UNKNOWN } from "@/lib/format";

const IN_MILLISECONDS_BELOW = 100;

/** How long something took; what a tenth of a second cannot show is told in milliseconds. */
export function useLatencyText(): (latencyMs: number | null | undefined) => string {
  const t = useTranslations("chat.message");
  const locale = useLocale();
  return (latencyMs) => {
    if (latencyMs === null || latencyMs === undefined) return UNKNOWN;
    return latencyMs < IN_MILLISECONDS_BELOW
      ? t("milliseconds", { ms: Math.round(latencyMs) })
      : formatLatency(latencyMs, locale);
  };
}
