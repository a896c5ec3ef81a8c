"use client";

import { Headset, Sparkles } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatDuration, formatLatency, UNKNOWN } from "@/lib/format";
import type { DialogItem } from "@/modules/dialogs/contract";

/** How long the visitor waited for the assistant and for a person; who did not answer is left out. */
export function FirstReply({ firstReply: { aiMs, personMs } }: Pick<DialogItem, "firstReply">) {
  const t = useTranslations("dialogs.firstReply");
  const locale = useLocale();
  if (aiMs === null && personMs === null) return UNKNOWN;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-3 tabular-nums">
      {aiMs !== null && <Time icon={Sparkles} name={t("ai")} text={timeText(aiMs, locale)} />}
      {personMs !== null && <Time icon={Headset} name={t("person")} text={timeText(personMs, locale)} />}
    </span>
  );
}

const MINUTE_MS = 60_000;

function timeText(ms: number, locale: "en" | "ru"): string {
  return ms < MINUTE_MS ? formatLatency(ms, locale) : formatDuration(ms, locale);
}

function Time({ icon: Icon, name, text }: { icon: typeof Headset; name: string; text: string }) {
  return (
    <span title={`${name}: ${text}`} className="inline-flex items-center gap-1 whitespace-nowrap">
      <Icon aria-hidden className="size-3.5 text-muted" strokeWidth={1.75} />
      <span className="sr-only">{name}: </span>
      {text}
    </span>
  );
}
