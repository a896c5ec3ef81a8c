"use client";

import { CircleHelp, Sparkles } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo } from "react";
import { Markdown } from "@/components/markdown";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ChargeNote } from "@/modules/balance/ui/charge-note";
import type { ChatMessage } from "@/modules/chat/contract";
import { Thumbs } from "@/modules/dialogs/ui/thumbs";
import { sourcesOf, textOf } from "./messages";
import { PendingMark, SourceChip, SourceList } from "./sources";
import { useLatencyText } from "./use-latency-text";

export function Question({ text }: { text: string }) {
  const t = useTranslations("chat.message");
  return (
    <div className="flex max-w-[85%] flex-col self-end">
      <span className="sr-only">{t("you")}</span>
      <p className="rounded-xl rounded-tr-sm bg-visitor px-4 py-2.5 text-md wrap-anywhere whitespace-pre-wrap">
        {text}
      </p>
    </div>
  );
}

type AnswerProps = { message: ChatMessage; assistantName: string; isStreaming: boolean; onWhy: () => void };

/** An answer with its marks, its sources and the way to its reasons. */
export function Answer({ message, assistantName, isStreaming, onWhy }: AnswerProps) {
  const t = useTranslations("chat.message");
  const latencyText = useLatencyText();
  const sources = useMemo(() => sourcesOf(message), [message]);
  const { timings, isDemoModel, chargeMicros } = message.metadata ?? {};
  return (
    <article className="flex max-w-[92%] flex-col gap-1.5 self-start">
      <header className="flex items-center gap-2 text-sm text-ai-text">
        <Sparkles aria-hidden className="size-4" strokeWidth={1.75} />
        <span className="font-medium">{assistantName}</span>
        {isDemoModel && <Badge tone="ai">{t("demoModel")}</Badge>}
      </header>
      <div className="rounded-xl rounded-tl-sm bg-ai-tint px-4 py-2.5 text-md">
        <CitedMarkdown text={textOf(message)} sources={sources} isStreaming={isStreaming} />
      </div>
      {!isStreaming && (
        <footer className="flex flex-wrap items-center gap-2">
          <SourceList sources={sources} />
          <ChargeNote messageId={message.id} chargeMicros={chargeMicros} />
          {timings && <span className="text-sm text-muted tabular-nums">{latencyText(timings.totalMs)}</span>}
          <Thumbs message={{ id: message.id, visitorThumb: null, ownThumb: message.metadata?.ownThumb ?? null }} />
          <Button size="sm" variant="ghost" icon={<CircleHelp aria-hidden />} onClick={onWhy}>
            {t("why")}
          </Button>
        </footer>
      )}
    </article>
  );
}

type CitedMarkdownProps = { text: string; sources: ReturnType<typeof sourcesOf>; isStreaming?: boolean };

/** Text whose marks open the passage that they cite. */
export function CitedMarkdown({ text, sources, isStreaming = false }: CitedMarkdownProps) {
  const format = useFormatter();
  const citation = useCallback(
    (n: number): ReactNode => {
      const source = sources.find((candidate) => candidate.n === n);
      if (source) return <SourceChip source={source} />;
      // The passages come after the words; a number that none of them bears is the author's own text.
      return isStreaming ? <PendingMark number={n} /> : `[${format.number(n)}]`;
    },
    [sources, format, isStreaming],
  );
  return <Markdown text={text} isStreaming={isStreaming} citation={citation} />;
}
