"use client";

import { ConversationPane, type ConversationPaneProps } from "@/modules/handoff/ui/conversation/conversation-pane";
import { AssistantVoice } from "./assistant-voice";

/** A conversation whose answers show their sources and their reasons. */
export default function ReviewedConversation(props: ConversationPaneProps) {
  return (
    <AssistantVoice>
      <ConversationPane {...props} />
    </AssistantVoice>
  );
}
