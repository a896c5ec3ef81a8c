"use client";

import { DialogPage } from "@/modules/dialogs/ui/dialog-page";
import { ContextPanel } from "@/modules/handoff/ui/conversation/context-panel";
import { ConversationPane } from "@/modules/handoff/ui/conversation/conversation-pane";
import { AssistantVoice } from "./assistant-voice";

/** A dialog whose answers show their sources and their reasons. */
export function ReviewedDialog({ dialogId, listHref }: { dialogId: string; listHref: string }) {
  return (
    <AssistantVoice>
      <DialogPage
        dialogId={dialogId}
        listHref={listHref}
        conversation={<ConversationPane dialogId={dialogId} />}
        context={<ContextPanel dialogId={dialogId} />}
      />
    </AssistantVoice>
  );
}
