"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { DraftKind } from "@/db/enums";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import type { Hindrance } from "./standing";

const MODES = ["reply", "note"] as const;

type BoxHeadProps = {
  dialog: DialogDetail;
  mode: DraftKind;
  hindrance: Hindrance | null;
  holderName: string;
  onChoose: (mode: DraftKind) => void;
};

/** Which of the two kinds is written, to whom, and why one of them cannot be. */
export function BoxHead({ dialog, mode, hindrance, holderName, onChoose }: BoxHeadProps) {
  const t = useTranslations("composer");
  const { nameOf } = useDialogWords();
  return (
    <div className="mb-2 flex flex-wrap items-center gap-1">
      <div role="group" aria-label={t("mode")} className="flex gap-1">
        {MODES.map((each) => (
          <Button
            key={each}
            size="sm"
            variant={each === mode ? "soft" : "ghost"}
            aria-pressed={each === mode}
            aria-keyshortcuts={each === "reply" ? "R" : "N"}
            disabled={each === "reply" && hindrance !== null}
            onClick={() => onChoose(each)}
          >
            {t(each)}
          </Button>
        ))}
      </div>
      {hindrance ? (
        <p className="min-w-0 flex-1 text-right text-sm text-muted max-sm:basis-full max-sm:text-left">
          {t(`hindrance.${hindrance}`, { name: holderName || t("nameless") })}
        </p>
      ) : (
        mode === "reply" && (
          <p className="min-w-0 flex-1 truncate text-right text-sm text-muted max-sm:hidden">
            {t("to", { name: nameOf(dialog), channel: t(`channel.${dialog.channel}`) })}
          </p>
        )
      )}
    </div>
  );
}
