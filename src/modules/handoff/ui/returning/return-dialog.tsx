"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { TextareaField } from "@/components/ui/text-field";
import { trpc } from "@/trpc/client";
import { useReturn } from "./use-return";

const SUMMARY_CHARS = 1_000;

type ReturnDialogProps = { dialogId: string; onClose: () => void };

/** What the assistant will know of the talk, in words that the operator may change, and the way back to it. */
export function ReturnDialog({ dialogId, onClose }: ReturnDialogProps) {
  const t = useTranslations("reach.return");
  const [typed, setTyped] = useState<string>();
  const giveBack = useReturn(dialogId);
  const proposed = trpc.handoff.summary.useQuery({ dialogId }, { staleTime: 0 });
  const confirm = () => {
    giveBack(typed ?? "");
    onClose();
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={t("title")}
        description={t("description")}
        footer={
          <Button variant="solid" onClick={confirm} autoFocus>
            {t("action")}
          </Button>
        }
      >
        <TextareaField
          label={t("summary")}
          help={t("summaryHelp")}
          rows={6}
          maxLength={SUMMARY_CHARS}
          counterMax={SUMMARY_CHARS}
          disabled={proposed.isPending}
          value={typed ?? proposed.data?.summary ?? ""}
          onChange={({ target }) => setTyped(target.value)}
        />
      </DialogContent>
    </Dialog>
  );
}
