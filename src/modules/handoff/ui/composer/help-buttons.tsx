"use client";

import { Languages, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/client";

type HelpButtonsProps = {
  /** What the visitor said last; empty when there were no words. */
  heard: string;
  typed: string;
  onDraft: () => void;
  onTranslate: (text: string, kind: "translation" | "heard") => void;
};

/** A draft of the assistant, and translations where a model can make them. */
export function HelpButtons({ heard, typed, onDraft, onTranslate }: HelpButtonsProps) {
  const t = useTranslations("composer.suggestion");
  const help = trpc.chat.writingHelp.useQuery(undefined, { staleTime: 300_000 });
  return (
    <>
      <IconButton label={t("draft")} keys={["mod", "J"]} onClick={onDraft}>
        <Sparkles aria-hidden className="text-ai-text" />
      </IconButton>
      {help.data?.canTranslate && (
        <Menu
          trigger={<Button shape="icon" variant="ghost" aria-label={t("translate")} icon={<Languages aria-hidden />} />}
          items={[
            {
              key: "typed",
              label: t("translateTyped"),
              note: typed.trim() === "" ? t("nothingTyped") : undefined,
              disabled: typed.trim() === "",
              onSelect: () => onTranslate(typed, "translation"),
            },
            {
              key: "heard",
              label: t("translateHeard"),
              note: heard === "" ? t("nothingHeard") : undefined,
              disabled: heard === "",
              onSelect: () => onTranslate(heard, "heard"),
            },
          ]}
        />
      )}
    </>
  );
}
