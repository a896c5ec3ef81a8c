"use client";

import { DialogPage } from "@/modules/dialogs/ui/dialog-page";
import { LazyContext, LazyConversation } from "./lazy-conversation";

/** A dialog whose answers show their sources and their reasons. */
export function ReviewedDialog({ dialogId, listHref }: { dialogId: string; listHref: string }) {
  return (
    <DialogPage
      dialogId={dialogId}
      listHref={listHref}
      conversation={<LazyConversation dialogId={dialogId} />}
      context={<LazyContext dialogId={dialogId} />}
    />
  );
}
