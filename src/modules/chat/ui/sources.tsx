"use client";

import { FileText, MessageCircleQuestion } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { Popover } from "@/components/ui/popover";
import { withoutMarkdown } from "@/lib/text";
import type { Source } from "./messages";

const markStyle = "mx-0.5 h-4.5 min-w-4.5 justify-center px-1 align-text-top text-xs tabular-nums";

/** A mark whose passage is still on its way. */
export function PendingMark({ number }: { number: number }) {
  return (
    <span className={cn("inline-flex items-center rounded-sm bg-raised font-medium text-ai-text", markStyle)}>
      {number}
    </span>
  );
}

type SourceChipProps = { source: Source; hasTitle?: boolean };

/** A mark in the text or a chip under it; opens the words that were relied on. */
export function SourceChip({ source, hasTitle = false }: SourceChipProps) {
  const t = useTranslations("chat.source");
  const Icon = source.qaId === null ? FileText : MessageCircleQuestion;
  return (
    <Popover
      className="w-80"
      trigger={
        <button
          type="button"
          aria-label={t("open", { number: source.n, title: source.title })}
          className={cn(
            "inline-flex items-center gap-1 rounded-sm bg-raised font-medium text-ai-text hover:bg-hover",
            hasTitle ? "h-7 max-w-60 border px-2 text-sm touch-target" : markStyle,
          )}
        >
          {source.n}
          {hasTitle && <span className="truncate font-normal text-text-2">{source.title}</span>}
        </button>
      }
    >
      <p className="mb-2 flex items-center gap-2 font-medium">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
        <span className="min-w-0 wrap-anywhere">{source.title}</span>
      </p>
      <blockquote className="max-h-64 overflow-y-auto text-sm wrap-anywhere whitespace-pre-wrap text-text-2">
        {withoutMarkdown(source.quote)}
      </blockquote>
    </Popover>
  );
}

export function SourceList({ sources }: { sources: readonly Source[] }) {
  const t = useTranslations("chat.source");
  if (sources.length === 0) return null;
  return (
    <ul aria-label={t("list")} className="flex flex-wrap gap-1.5">
      {sources.map((source) => (
        <li key={source.n}>
          <SourceChip source={source} hasTitle />
        </li>
      ))}
    </ul>
  );
}
