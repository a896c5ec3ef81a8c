"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

/** Puts a dialog aside, or brings it back with null; the news of it carries the way back. */
export function useSnooze(dialogId: string) {
  const t = useTranslations("conversation.snooze");
  const common = useTranslations("common.action");
  const refusalText = useRefusalText();
  const utils = trpc.useUtils();
  const options = {
    onError: (error: unknown) => void toast.error(refusalText(error)),
    onSettled: () => Promise.all([utils.handoff.invalidate(), utils.inbox.invalidate()]),
  };
  const wake = trpc.handoff.snooze.useMutation(options);
  const snooze = trpc.handoff.snooze.useMutation({
    ...options,
    onSuccess: () =>
      toast.success(t("done"), {
        action: { label: common("undo"), onClick: () => wake.mutate({ dialogId, until: null }) },
      }),
  });
  return {
    snooze: (until: Date) => snooze.mutate({ dialogId, until }),
    wake: () => wake.mutate({ dialogId, until: null }),
    isBusy: snooze.isPending || wake.isPending,
  };
}
