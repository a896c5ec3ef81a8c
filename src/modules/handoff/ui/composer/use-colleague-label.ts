"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const TICK_MS = 1_000;

type Colleague = { authorName: string | null; createdAt: Date };

/** "Ben replied 5 s ago. Send anyway", counting; null while nobody was faster. */
export function useColleagueLabel(colleague: Colleague | null): string | null {
  const t = useTranslations("composer.colleague");
  const nameless = useTranslations("composer")("nameless");
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isAny = colleague !== null;
  useEffect(() => {
    if (!isAny) return;
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isAny]);
  if (!colleague) return null;
  const seconds = Math.max(0, Math.round((nowMs - colleague.createdAt.getTime()) / 1000));
  const name = colleague.authorName || nameless;
  return seconds < 120 ? t("seconds", { name, seconds }) : t("minutes", { name, minutes: Math.round(seconds / 60) });
}
