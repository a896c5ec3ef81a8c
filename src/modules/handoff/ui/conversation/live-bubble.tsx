"use client";

import { Headset, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { useHandoffActions } from "@/modules/handoff/ui/use-handoff-actions";
import { useAnswerVoice } from "./answer-voice";

/** The answer that the assistant is writing now, and the way to stop it and answer in person. */
export function LiveBubble({ dialog, text }: { dialog: DialogDetail; text: string }) {
  const t = useTranslations("conversation");
  const voice = useAnswerVoice();
  const { take, isBusy } = useHandoffActions(dialog.id);
  return (
    <article aria-busy className="flex flex-col items-end gap-1">
      <header className="flex max-w-full items-center gap-1.5 pt-1 text-sm text-ai-text">
        <Sparkles aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
        <bdi className="truncate font-medium">{t("author.assistant", { name: dialog.assistantName })}</bdi>
        <span className="shrink-0 text-xs text-muted">{t("live.label")}</span>
      </header>
      <div className="max-w-[92%] min-w-16 rounded-xl rounded-tr-sm bg-ai-tint px-4 py-2.5 text-md">
        {text === "" ? (
          <span aria-hidden className="flex h-5 items-center gap-1">
            {[0, 1, 2].map((dot) => (
              <span key={dot} className="size-1.5 animate-pulse rounded-full bg-ai motion-reduce:animate-none" />
            ))}
          </span>
        ) : (
          (voice?.renderGrowing(text) ?? <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>)
        )}
      </div>
      {dialog.channel !== "preview" && (
        <Button size="sm" icon={<Headset aria-hidden />} busy={isBusy} onClick={take}>
          {t("live.stop")}
        </Button>
      )}
    </article>
  );
}
