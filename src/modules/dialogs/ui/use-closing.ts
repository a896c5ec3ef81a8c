"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";

/** Closes dialogs at once, with a way back for a moment; says how many of them somebody else has. */
export function useClosing() {
  const t = useTranslations("dialogs.closing");
  const common = useTranslations("common.action");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const bulk = trpc.inbox.bulk.useMutation({
    onError: (error) => toast.error(errorText(error)),
    onSettled: () => Promise.all([utils.dialogs.invalidate(), utils.handoff.invalidate()]),
  });
  const reopen = (dialogIds: string[]) =>
    bulk.mutate(
      { dialogIds, action: { kind: "reopen" } },
      { onSuccess: ({ refused }) => refused.length > 0 && toast.error(t("notReopened", { count: refused.length })) },
    );
  return {
    isBusy: bulk.isPending,
    close: (dialogIds: string[], onDone?: () => void) =>
      bulk.mutate(
        { dialogIds, action: { kind: "close" } },
        {
          onSuccess: ({ done, refused }) => {
            onDone?.();
            if (refused.length > 0) toast.error(t("refused", { count: refused.length }));
            if (done.length > 0)
              toast.success(t("closed", { count: done.length }), {
                action: { label: common("undo"), onClick: () => reopen(done) },
              });
          },
        },
      ),
  };
}
