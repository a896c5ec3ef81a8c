"use client";

import { Sparkles, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { cn } from "@/components/cn";
import { Markdown } from "@/components/markdown";
import { withoutMarkdown } from "@/lib/text";
import type { DemoCitation } from "../contract";
import type { DemoEntry } from "./use-demo-chat";

/** One message with its author and its sources. */
export function DemoMessageRow({ name, entry }: { name: string; entry: DemoEntry }) {
  const t = useTranslations("site.demo");
  const isVisitor = entry.author === "visitor";
  const Icon = isVisitor ? User : Sparkles;
  return (
    <div className={cn("flex flex-col", isVisitor ? "items-start" : "items-end")}>
      <p className={cn("mb-1 flex items-center gap-1 text-xs font-medium", isVisitor ? "text-muted" : "text-ai-text")}>
        <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
        {isVisitor ? t("you") : name}
      </p>
      <div
        className={cn(
          "max-w-[92%] rounded-xl px-3 py-2 text-md",
          isVisitor ? "rounded-bl-sm bg-visitor whitespace-pre-wrap" : "rounded-br-sm bg-ai-tint",
        )}
      >
        {isVisitor ? entry.text : <Answer entry={entry} />}
      </div>
    </div>
  );
}

function Answer({ entry }: { entry: DemoEntry }) {
  const t = useTranslations("site.demo");
  const [opened, setOpened] = useState<number | null>(null);
  const toggle = useCallback((n: number) => setOpened((current) => (current === n ? null : n)), []);
  const mark = useCallback((n: number) => <CitationMark n={n} onToggle={toggle} />, [toggle]);
  if (entry.text === "" && entry.isRunning) return <p className="animate-shimmer text-muted">{t("thinking")}</p>;
  const quote = entry.citations.find(({ n }) => n === opened);
  return (
    <>
      {/* The greeting cites nothing and needs no renderer, which keeps that out of the first load. */}
      {entry.isPlain ? (
        <p>{entry.text}</p>
      ) : (
        <Markdown text={entry.text} isStreaming={entry.isRunning} citation={mark} />
      )}
      {entry.isStopped && <p className="mt-1 text-sm text-muted">{t("stopped")}</p>}
      {entry.citations.length > 0 && <Sources citations={entry.citations} opened={opened} onToggle={toggle} />}
      {quote && (
        <figure ref={scrollIntoLog} className="mt-2 scroll-my-4 rounded-md border bg-raised p-2 text-sm">
          <figcaption className="text-xs text-muted">{t("quoteFrom", { title: quote.title })}</figcaption>
          <blockquote tabIndex={0} className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap">
            {withoutMarkdown(quote.quote)}
          </blockquote>
        </figure>
      )}
    </>
  );
}

const scrollIntoLog = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

function CitationMark({ n, onToggle }: { n: number; onToggle: (n: number) => void }) {
  const t = useTranslations("site.demo");
  return (
    <button
      type="button"
      aria-label={t("mark", { number: n })}
      onClick={() => onToggle(n)}
      className="mx-0.5 inline-grid size-4 place-items-center rounded-sm bg-raised align-[0.1em] text-xs font-medium text-ai-text hover:bg-hover"
    >
      {n}
    </button>
  );
}

type SourcesProps = { citations: DemoCitation[]; opened: number | null; onToggle: (n: number) => void };

function Sources({ citations, opened, onToggle }: SourcesProps) {
  const t = useTranslations("site.demo");
  return (
    <ul aria-label={t("sources")} className="mt-2 flex flex-wrap gap-1">
      {citations.map(({ n, title }) => (
        <li key={n} className="max-w-full">
          <button
            type="button"
            aria-expanded={n === opened}
            aria-label={t("source", { number: n, title })}
            onClick={() => onToggle(n)}
            className="touch-target inline-flex h-6 max-w-full items-center gap-1 rounded-sm border bg-raised px-1.5 text-xs font-medium text-ai-text hover:bg-hover"
          >
            <span className="tabular-nums">{n}</span>
            <span className="truncate">{title}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
