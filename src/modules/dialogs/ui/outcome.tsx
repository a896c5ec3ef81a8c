"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import { type Resolution, RESOLUTIONS } from "@/db/enums";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";

/** What became of a dialog. A press says it and closes an open one; the words beside it are optional. */
export function Outcome({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("dialogs");
  const common = useTranslations("common.action");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const note = typed ?? dialog.resolutionNote;
  const options = {
    onError: (error: Parameters<typeof errorText>[0]) => toast.error(errorText(error)),
    onSettled: () => Promise.all([utils.dialogs.invalidate(), utils.handoff.invalidate()]),
  };
  const reopen = trpc.dialogs.reopen.useMutation(options);
  const close = trpc.dialogs.close.useMutation(options);
  const isOpen = dialog.status === "open";
  const dialogId = dialog.id;
  const say = (resolution: Resolution) =>
    close.mutate(
      { dialogId, resolution, note },
      {
        onSuccess: () => {
          setTyped(undefined);
          if (!isOpen) return;
          toast.success(t("closing.closed", { count: 1 }), {
            action: { label: common("undo"), onClick: () => reopen.mutate({ dialogId }) },
          });
        },
      },
    );
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <p id={id} className="text-sm text-muted">
        {t(isOpen ? "closing.how" : "resolution.label")}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {RESOLUTIONS.map((resolution) => (
          <Button
            key={resolution}
            size="sm"
            aria-pressed={isOpen ? undefined : dialog.resolution === resolution}
            className="aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:text-accent-text"
            disabled={close.isPending}
            onClick={() => say(resolution)}
          >
            {t(`resolution.${resolution}`)}
          </Button>
        ))}
      </div>
      <Input
        aria-label={t("closing.noteLabel")}
        placeholder={t("closing.noteLabel")}
        value={note}
        maxLength={dialogLimits.resolutionChars}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && dialog.resolution && !isOpen) say(dialog.resolution);
        }}
      />
      {!isOpen && dialog.closedByName && (
        <p className="text-sm wrap-anywhere text-muted">{t("closing.by", { name: dialog.closedByName })}</p>
      )}
    </div>
  );
}
