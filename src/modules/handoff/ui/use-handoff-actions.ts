"use client";

import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";
import { useRefusalText } from "./use-refusal-text";

/** Take, give back, cancel and hand over; a refusal says why, and whatever happened is shown at once. */
export function useHandoffActions(dialogId: string) {
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const options = {
    onError: (error: unknown) => void toast.error(refusalText(error)),
    onSettled: () => Promise.all([utils.handoff.invalidate(), utils.dialogs.invalidate()]),
  };
  const take = trpc.handoff.take.useMutation(options);
  const release = trpc.handoff.release.useMutation(options);
  const cancel = trpc.handoff.cancel.useMutation(options);
  const transfer = trpc.handoff.transfer.useMutation(options);
  const all = [take, release, cancel, transfer];
  return {
    isBusy: all.some(({ isPending }) => isPending),
    take: () => take.mutate({ dialogId }),
    release: () => release.mutate({ dialogId }),
    cancel: () => cancel.mutate({ dialogId }),
    transfer: (userId: string) => transfer.mutate({ dialogId, userId }),
  };
}
