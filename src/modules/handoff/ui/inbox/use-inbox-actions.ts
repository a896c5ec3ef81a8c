"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import type { InboxBulkAction, InboxBulkResult } from "@/modules/handoff/inbox/contract";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

/** What can be done to one dialog or several. A close and a snooze can be taken back; what was refused says why. */
export function useInboxActions(onChanged: (dialogId: string) => void) {
  const t = useTranslations("inbox.done");
  const common = useTranslations("common.action");
  const refusalText = useRefusalText();
  const utils = trpc.useUtils();
  const bulk = trpc.inbox.bulk.useMutation();
  const take = trpc.handoff.take.useMutation();

  const sayRefused = ({ refused }: InboxBulkResult) => {
    const [first] = refused;
    if (!first) return;
    const why = refusalText({ data: first });
    toast.error(refused.length === 1 ? why : t("refusedSome", { count: refused.length, why }));
  };
  const settle = (dialogIds: readonly string[]) => {
    for (const id of dialogIds) onChanged(id);
    void utils.dialogs.invalidate();
    void utils.handoff.invalidate();
  };
  const act = async (dialogIds: string[], action: InboxBulkAction): Promise<void> => {
    if (dialogIds.length === 0) return;
    try {
      const result = await bulk.mutateAsync({ dialogIds, action });
      sayRefused(result);
      if (action.kind === "close" && result.done.length > 0) {
        toast.success(t("closed", { count: result.done.length }), {
          action: { label: common("undo"), onClick: () => void act(result.done, { kind: "reopen" }) },
        });
      }
      if (action.kind === "snooze" && action.until && result.done.length > 0) {
        toast.success(t("snoozed", { count: result.done.length }), {
          action: { label: common("undo"), onClick: () => void act(result.done, { kind: "snooze", until: null }) },
        });
      }
      if (action.kind === "assign" && result.done.length > 0)
        toast.success(t("assigned", { count: result.done.length }));
    } catch (error) {
      toast.error(refusalText(error));
    }
    settle(dialogIds);
  };
  const alone = async (dialogId: string, deed: () => Promise<unknown>): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      toast.error(refusalText(error));
    }
    settle([dialogId]);
  };
  return {
    isBusy: bulk.isPending || take.isPending,
    act,
    take: (dialogId: string) => alone(dialogId, () => take.mutateAsync({ dialogId })),
  };
}
