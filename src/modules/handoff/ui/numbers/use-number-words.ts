"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDuration, formatLatency, formatNumber, formatShare, UNKNOWN } from "@/lib/format";
import type { PersonNumbers } from "@/modules/handoff/numbers/contract";

// Below it a mean says more about chance than about the person.
const ENOUGH = 10;
const MINUTE_MS = 60_000;

/** The numbers of a person in words; what rests on too few cases says so. */
export function useNumberWords() {
  const t = useTranslations("numbers");
  const locale = useLocale();
  const wait = (ms: number | null) => {
    if (ms === null) return UNKNOWN;
    return ms < MINUTE_MS ? formatLatency(ms, locale) : formatDuration(ms, locale);
  };
  return {
    wait,
    slowWait: ({ firstReplies, p90Ms }: PersonNumbers) => (firstReplies < ENOUGH ? UNKNOWN : wait(p90Ms)),
    stars: ({ rated, averageStars }: PersonNumbers) =>
      rated < ENOUGH || averageStars === null ? UNKNOWN : formatNumber(averageStars, locale, 1),
    ratedNote: ({ rated }: PersonNumbers) =>
      rated < ENOUGH ? t("fewRatings", { count: rated }) : t("ratings", { count: rated }),
    waitNote: ({ firstReplies }: PersonNumbers) =>
      firstReplies < ENOUGH ? t("fewWaits", { count: firstReplies }) : t("waits", { count: firstReplies }),
    solved: ({ solved, closed }: PersonNumbers) => (closed < ENOUGH ? UNKNOWN : formatShare(solved, closed, locale)),
    count: (value: number) => formatNumber(value, locale),
  };
}
