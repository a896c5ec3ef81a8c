"use client";

import { Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UnsentDraft } from "@/modules/handoff/conversation/rules";

/** An answer of the assistant that was stopped by a takeover: kept at hand, folded, and plainly never sent. */
export function DraftBubble({ draft }: { draft: UnsentDraft }) {
  const t = useTranslations("conversation.live");
  return (
    <details className="ml-auto w-fit max-w-[85%] rounded-xl border border-dashed px-4 py-2 text-sm text-muted">
      <summary className="cursor-pointer rounded-sm">
        <Sparkles aria-hidden className="mr-1.5 inline size-3.5 text-ai" strokeWidth={1.75} />
        {t("unsent")} <TimeAgo at={draft.at} style="words" />
      </summary>
      <p dir="auto" className="mt-2 wrap-anywhere whitespace-pre-wrap">
        {draft.text}
      </p>
    </details>
  );
}
