"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";

export type PlaygroundAssistant = { id: string; name: string; greeting: string; starters: string[]; isActive: boolean };

/** The playground's own bar, and below it the talk. */
export function PlaygroundFrame({ onReset, children }: { onReset?: () => void; children?: ReactNode }) {
  const t = useTranslations("chat.playground");
  return (
    <section aria-label={t("title")} className="flex h-full min-h-0 flex-col">
      <header className="flex h-12 shrink-0 items-center justify-between border-b pr-2 pl-4">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        {onReset && (
          <IconButton label={t("reset")} onClick={onReset}>
            <RotateCcw aria-hidden />
          </IconButton>
        )}
      </header>
      {children}
    </section>
  );
}
