"use client";

import { toast } from "@/components/ui/toast";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { type RouterInputs, trpc } from "@/trpc/client";

/** Changes and takes back messages of the team; a refusal says why. */
export function useMessageChange() {
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const options = {
    onError: (error: unknown) => void toast.error(refusalText(error)),
    onSettled: () => utils.dialogs.invalidate(),
  };
  const edit = trpc.dialogs.editMessage.useMutation(options);
  const remove = trpc.dialogs.deleteMessage.useMutation(options);
  return {
    isPending: edit.isPending || remove.isPending,
    edit: (input: RouterInputs["dialogs"]["editMessage"], onSuccess?: () => void) => edit.mutate(input, { onSuccess }),
    remove: (messageId: string) => remove.mutate({ messageId }),
  };
}
