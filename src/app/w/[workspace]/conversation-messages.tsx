import type { ReactNode } from "react";
import { ClientMessages } from "@/i18n/client-messages";
import type { Namespace } from "@/i18n/messages";

const CONVERSATION = [
  "common",
  "errors",
  "shell",
  "dialogs",
  "chat",
  "handoff",
  "composer",
  "conversation",
  "inbox",
  "reach",
] as const satisfies Namespace[];

type ConversationMessagesProps = { also?: readonly Namespace[]; children: ReactNode };

/** The texts of every page on which a conversation is open. */
export function ConversationMessages({ also = [], children }: ConversationMessagesProps) {
  return <ClientMessages namespaces={[...CONVERSATION, ...also]}>{children}</ClientMessages>;
}
