"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { preloadMarkdown } from "@/components/markdown";
import { useMoney } from "@/components/money";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { withoutCitations, withoutMarkdown } from "@/lib/text";
import type { ChatMessage } from "@/modules/chat/contract";
import { Answer, Question } from "./bubbles";
import { Composer } from "./composer";
import { textOf } from "./messages";
import type { PlaygroundAssistant } from "./playground-frame";
import { missingMicros, useFailureText } from "./use-failure-text";
import { useFollowEnd } from "./use-follow-end";
import { Opening } from "./playground-opening";
import { usePlayground } from "./use-playground";
import type { PlaygroundMemory } from "./use-playground-memory";
import { onDemand } from "@/components/on-demand";

const WhySheet = onDemand(async () => ({ default: (await import("./why-sheet")).WhySheet }));

type PlaygroundChatProps = { assistant: PlaygroundAssistant; memory: PlaygroundMemory; initialMessages: ChatMessage[] };

export function PlaygroundChat({ assistant, memory, initialMessages }: PlaygroundChatProps) {
  const t = useTranslations("chat");
  const failureText = useFailureText();
  const chat = usePlayground({ assistantId: assistant.id, memory, initialMessages });
  const [explained, setExplained] = useState<string | null>(null);
  const { money, balanceHref } = useMoney();
  const missing = chat.error ? missingMicros(chat.error) : null;
  useEffect(preloadMarkdown, []);
  const { box, isAtEnd, toEnd } = useFollowEnd(chat.messages);
  const last = chat.messages.at(-1);
  const shown = chat.messages.filter((message) => message.role === "user" || textOf(message) !== "");
  const isWaiting = chat.isBusy && !(last?.role === "assistant" && textOf(last) !== "");
  return (
    <>
      <div className="relative min-h-0 flex-1">
        <div
          ref={box}
          role="log"
          aria-label={t("playground.log")}
          aria-busy={chat.isBusy}
          aria-live="off"
          className="h-full overflow-y-auto p-4"
        >
          <div className="mx-auto flex max-w-180 flex-col gap-4">
            {shown.length === 0 && <Opening assistant={assistant} onAsk={chat.ask} />}
            {shown.map((message) =>
              message.role === "user" ? (
                <Question key={message.id} text={textOf(message)} />
              ) : (
                <Answer
                  key={message.id}
                  message={message}
                  assistantName={assistant.name}
                  isStreaming={chat.isBusy && message === last}
                  onWhy={() => setExplained(message.id)}
                />
              ),
            )}
            {isWaiting && (
              <p className="text-sm text-ai-text motion-safe:animate-appear">{t("playground.searching")}</p>
            )}
            {(chat.error ?? chat.isUnanswered) && (
              <div
                role="alert"
                className="flex flex-wrap items-center gap-3 rounded-lg bg-danger-tint px-4 py-3 text-danger-text"
              >
                <p className="min-w-0 flex-1 basis-48">
                  {missing !== null
                    ? t("playground.noFunds", { amount: money(missing, { style: "prose" }) })
                    : chat.error
                      ? failureText(chat.error)
                      : t("playground.unanswered")}
                </p>
                {missing !== null && balanceHref !== null && (
                  <LinkButton size="sm" href={balanceHref}>
                    {t("playground.openBalance")}
                  </LinkButton>
                )}
                <Button size="sm" onClick={chat.retry}>
                  {t("playground.retry")}
                </Button>
              </div>
            )}
          </div>
        </div>
        {!isAtEnd && (
          <Button
            size="sm"
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-popover"
            icon={<ArrowDown aria-hidden />}
            onClick={toEnd}
          >
            {t("playground.newMessages")}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {!chat.isBusy && last?.role === "assistant" ? withoutCitations(withoutMarkdown(textOf(last))) : ""}
      </p>
      <Composer
        assistantId={assistant.id}
        isBusy={chat.isBusy}
        isStopping={chat.isStopping}
        isOff={!assistant.isActive}
        initialText={chat.messages.length === 0 ? memory.readPending() : ""}
        onAsk={(text) => {
          chat.ask(text);
          toEnd();
        }}
        onStop={() => void chat.stop()}
      />
      <WhySheet messageId={explained} onClose={() => setExplained(null)} />
    </>
  );
}
