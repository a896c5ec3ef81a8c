"use client";

import { Languages, Sparkles, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import type { Suggestion } from "./use-suggestion";

type SuggestionPanelProps = {
  suggestion: Suggestion;
  hasTyped: boolean;
  onInsert: () => void;
  onReplace: () => void;
  onAgain: () => void;
  onShorter: () => void;
  onClose: () => void;
};

/** Words that are offered above the box, and what can be done with them. */
export function SuggestionPanel({ suggestion, hasTyped, ...act }: SuggestionPanelProps) {
  const t = useTranslations("composer.suggestion");
  const { kind, text, sources, isDemo, status } = suggestion;
  const Icon = kind === "draft" ? Sparkles : Languages;
  const isDone = status === "done";
  return (
    <section
      aria-label={t(`title.${kind}`)}
      aria-busy={status === "writing"}
      className="mb-2 flex max-h-72 flex-col gap-2 rounded-lg border border-dashed bg-ai-tint p-3"
    >
      <header className="flex items-center gap-2 text-sm text-muted">
        <Icon aria-hidden className="size-4 shrink-0 text-ai-text" strokeWidth={1.75} />
        <span className="min-w-0 flex-1 truncate">{t(`title.${kind}`)}</span>
        {isDemo && <Badge tone="ai">{t("demo")}</Badge>}
        <IconButton size="sm" label={t("close")} keys={["Esc"]} onClick={act.onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <p className="min-h-5.5 overflow-y-auto text-md wrap-anywhere whitespace-pre-wrap">
        {text}
        {status === "writing" && (
          <span aria-hidden className="ml-0.5 inline-block h-4 w-0.5 animate-pulse bg-ai align-text-bottom" />
        )}
      </p>
      {status === "failed" && (
        <p role="alert" className="text-sm text-danger-text">
          {t("failed")}
        </p>
      )}
      {sources.length > 0 && (
        <ul aria-label={t("sources")} className="flex flex-wrap gap-1.5 text-xs text-muted">
          {sources.map(({ n, title, quote }) => (
            <li key={n} title={quote} className="max-w-full truncate rounded-sm border bg-raised px-1.5 py-0.5">
              {title}
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {t(status === "writing" ? "writing" : isDone ? "ready" : "failed")}
      </p>
      <div className="flex flex-wrap items-center gap-1">
        {kind !== "heard" && (
          <>
            <Button size="sm" disabled={!isDone || text === ""} onClick={act.onInsert}>
              {t("insert")} <Kbd keys={["Tab"]} className="max-sm:hidden" />
            </Button>
            {hasTyped && (
              <Button size="sm" variant="ghost" disabled={!isDone || text === ""} onClick={act.onReplace}>
                {t("replace")}
              </Button>
            )}
          </>
        )}
        {kind === "draft" && (
          <>
            <Button size="sm" variant="ghost" disabled={status === "writing"} onClick={act.onAgain}>
              {t("again")}
            </Button>
            <Button size="sm" variant="ghost" disabled={!isDone || text === ""} onClick={act.onShorter}>
              {t("shorter")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
