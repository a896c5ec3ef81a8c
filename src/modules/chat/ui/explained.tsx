"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatNumber, UNKNOWN } from "@/lib/format";
import { withoutMarkdown } from "@/lib/text";
import type { ExplainedPassage, Explanation } from "@/modules/chat/contract";
import { pathAbove } from "@/modules/knowledge/rules";
import { useLatencyText } from "./use-latency-text";

/** Question as understood, passages in order, figures, prompt. */
export function Explained({ explanation }: { explanation: Explanation }) {
  const t = useTranslations("chat.why");
  return (
    <div className="flex flex-col gap-6">
      <Part title={t("query")}>
        <p className="wrap-anywhere whitespace-pre-wrap">{explanation.query}</p>
      </Part>
      <Part title={t("passages")}>
        {explanation.passages.length === 0 ? (
          <p className="text-text-2">{t("noPassages")}</p>
        ) : (
          <ol className="flex flex-col gap-3">
            {explanation.passages.map((passage) => (
              <Passage key={passage.chunkId} passage={passage} />
            ))}
          </ol>
        )}
      </Part>
      <Part title={t("figures")}>
        <Figures explanation={explanation} />
      </Part>
      <Part title={t("prompt", { version: explanation.promptVersion })}>
        <pre
          className="max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap"
          tabIndex={0}
        >
          {explanation.prompt}
        </pre>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Passage({ passage }: { passage: ExplainedPassage }) {
  const t = useTranslations("chat.why");
  const id = useId();
  const { n, title, page, score, isCited, text } = passage;
  const [isWhole, setIsWhole] = useState(isCited);
  const words = withoutMarkdown(text);
  const place = [pathAbove(passage), page === null ? "" : t("page", { page })].filter(Boolean).join(", ");
  return (
    <li className={cn("rounded-md border p-3", isCited && "border-ai")}>
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium tabular-nums">{n}</span>
        <span className="min-w-0 flex-1 truncate font-medium" title={title}>
          {title}
        </span>
        {isCited && <Badge tone="ai">{t("cited")}</Badge>}
      </div>
      {place !== "" && <p className="text-sm wrap-anywhere text-muted">{place}</p>}
      <ScoreBar score={score} />
      <p id={id} className={cn("text-sm wrap-anywhere text-text-2", isWhole ? "whitespace-pre-wrap" : "line-clamp-2")}>
        {isWhole ? words : words.replace(/\n{2,}/g, " · ")}
      </p>
      <Button
        size="sm"
        variant="ghost"
        className="mt-1 -ml-2"
        aria-expanded={isWhole}
        aria-controls={id}
        onClick={() => setIsWhole(!isWhole)}
      >
        {t(isWhole ? "less" : "more")}
      </Button>
    </li>
  );
}

const BAR_WIDTH = 200;

function ScoreBar({ score }: { score: number }) {
  const t = useTranslations("chat.why");
  const locale = useLocale();
  const share = Math.max(0, Math.min(1, score));
  return (
    <div className="my-2 flex items-center gap-2">
      <svg aria-hidden className="h-1 flex-1" viewBox={`0 0 ${BAR_WIDTH} 4`} preserveAspectRatio="none">
        <rect width={BAR_WIDTH} height={4} rx={2} className="fill-hover" />
        <rect width={share * BAR_WIDTH} height={4} rx={2} className="fill-ai" />
      </svg>
      <span className="text-xs text-muted tabular-nums">
        {t("score", { score: formatNumber(score, locale, 2, 2) })}
      </span>
    </div>
  );
}

function Figures({ explanation }: { explanation: Explanation }) {
  const t = useTranslations("chat.why");
  const locale = useLocale();
  const { model, isDemoModel, promptTokens, completionTokens, timings } = explanation;
  const tokens =
    isDemoModel || promptTokens === null
      ? UNKNOWN
      : `${formatNumber(promptTokens, locale)} + ${formatNumber(completionTokens ?? 0, locale)}`;
  const latency = useLatencyText();
  const rows = [
    [t("model"), isDemoModel ? t("demoModel") : model],
    [t("tokens"), tokens],
    [t("retrieval"), latency(timings?.retrievalMs)],
    [t("firstToken"), latency(timings?.firstTokenMs)],
    [t("total"), latency(timings?.totalMs)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-text-2">{name}</dt>
          <dd className="text-right tabular-nums wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
