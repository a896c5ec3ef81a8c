"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

const REASON_CHARS = 500;

type ResetDialogProps = { dialogId: string; onClose: () => void };

/** Frees a dialog from whatever holds it; the reason goes to the audit log. */
export function ResetDialog({ dialogId, onClose }: ResetDialogProps) {
  const t = useTranslations("reach.reset");
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const [reason, setReason] = useState("");
  const reset = trpc.handoff.reset.useMutation({
    onSuccess: onClose,
    onSettled: () => Promise.all([utils.handoff.invalidate(), utils.dialogs.invalidate()]),
  });
  const isShort = reason.trim().length < 3;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={t("title")}
        description={t("description")}
        footer={
          <Button
            variant="danger"
            busy={reset.isPending}
            disabled={isShort}
            onClick={() => reset.mutate({ dialogId, reason })}
          >
            {t("action")}
          </Button>
        }
      >
        <TextField
          label={t("reason")}
          help={t("reasonHelp")}
          error={reset.isError ? refusalText(reset.error) : undefined}
          maxLength={REASON_CHARS}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </DialogContent>
    </Dialog>
  );
}
