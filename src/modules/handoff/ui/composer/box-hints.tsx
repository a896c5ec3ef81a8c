"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { replyFileLimits } from "@/modules/handoff/files/limits";
import type { Blank } from "@/modules/handoff/replies/rules";
import { TELEGRAM_PART_CHARS } from "./standing";

type BoxHintsProps = {
  blanks: readonly Blank[];
  onAcceptBlanks: () => void;
  /** The words of a reply to Telegram, which has limits of its own; null for everything else. */
  telegramChars: number | null;
  isCaption: boolean;
};

/** What has to be filled in, and what the channel will do with long words. */
export function BoxHints({ blanks, onAcceptBlanks, telegramChars, isCaption }: BoxHintsProps) {
  const t = useTranslations("composer");
  const limit = isCaption ? replyFileLimits.captionChars : TELEGRAM_PART_CHARS;
  return (
    <>
      {blanks.length > 0 && (
        <p role="status" className="mt-2 flex flex-wrap items-center gap-2 text-sm text-warning-text">
          {t("blanks", { names: blanks.map(({ name }) => `{${name}}`).join(", ") })}
          <Button size="sm" variant="ghost" onClick={onAcceptBlanks}>
            {t("sendBlanks")}
          </Button>
        </p>
      )}
      {telegramChars !== null && telegramChars > limit && (
        <p role="status" className="mt-2 text-sm text-muted">
          {t(isCaption ? "captionSplit" : "split", { limit })}
        </p>
      )}
    </>
  );
}
