"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { onDemand } from "@/components/on-demand";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useWasOnce } from "@/components/ui/use-was-once";
import { ChargeNote } from "@/modules/balance/ui/charge-note";
import type { MessageItem } from "@/modules/dialogs/contract";
import { Thumbs } from "@/modules/dialogs/ui/thumbs";
import { AnswerVoiceProvider } from "@/modules/handoff/ui/conversation/answer-voice";
import { CitedMarkdown } from "./bubbles";
import { SourceList } from "./sources";

const WhySheet = onDemand(async () => ({ default: (await import("./why-sheet")).WhySheet }));

const NO_SOURCES: [] = [];

/** Conversations below show the assistant's answers with their sources, receipts and reasons. */
export function AssistantVoice({ children }: { children: ReactNode }) {
  const [explained, setExplained] = useState<string | null>(null);
  const hasExplained = useWasOnce(explained !== null);
  const voice = useMemo(
    () => ({
      renderGrowing: (text: string) => <CitedMarkdown text={text} sources={NO_SOURCES} isStreaming />,
      renderAnswer: (message: MessageItem) => <StoredAnswer message={message} onWhy={() => setExplained(message.id)} />,
    }),
    [],
  );
  return (
    <AnswerVoiceProvider value={voice}>
      {children}
      {hasExplained && <WhySheet messageId={explained} onClose={() => setExplained(null)} />}
    </AnswerVoiceProvider>
  );
}

function StoredAnswer({ message, onWhy }: { message: MessageItem; onWhy: () => void }) {
  const t = useTranslations("chat.message");
  return (
    <div className="flex max-w-[92%] flex-col items-end gap-1.5">
      <div className="max-w-full rounded-xl rounded-tr-sm bg-ai-tint px-4 py-2.5 text-md">
        <CitedMarkdown text={message.text} sources={message.citations} />
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-x-2 gap-y-0.5">
        {message.isDemoModel && <Badge tone="ai">{t("demoModel")}</Badge>}
        <SourceList sources={message.citations} />
        <ChargeNote messageId={message.id} chargeMicros={message.chargeMicros} />
        <Thumbs message={message} />
        <Button size="sm" variant="ghost" icon={<CircleHelp aria-hidden />} onClick={onWhy} className="coarse:min-w-11">
          <span className="max-sm:sr-only">{t("why")}</span>
        </Button>
      </footer>
    </div>
  );
}
