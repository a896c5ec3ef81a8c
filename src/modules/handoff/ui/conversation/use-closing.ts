"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

/** Closes a dialog at once; the news of it carries the way back. */
export function useClosing(dialogId: string) {
  const t = useTranslations("conversation.header");
  const common = useTranslations("common.action");
  const refusalText = useRefusalText();
  const utils = trpc.useUtils();
  const options = {
    onError: (error: unknown) => void toast.error(refusalText(error)),
    onSettled: () => Promise.all([utils.dialogs.invalidate(), utils.handoff.invalidate()]),
  };
  const reopen = trpc.dialogs.reopen.useMutation(options);
  const close = trpc.dialogs.close.useMutation({
    ...options,
    onSuccess: () =>
      toast.success(t("closed"), { action: { label: common("undo"), onClick: () => reopen.mutate({ dialogId }) } }),
  });
  return { close: () => close.mutate({ dialogId }), isClosing: close.isPending || reopen.isPending };
}
