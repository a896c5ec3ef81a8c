"use client";

import { preloadPlayground, WholePlayground } from "@/modules/chat/ui/lazy-playground";
import { trpc } from "@/trpc/client";

preloadPlayground();

/** The playground as a page of its own; the layout has loaded the assistant already. */
export function AssistantPlayground({ assistantId, hasTalked }: { assistantId: string; hasTalked: boolean }) {
  const { data: assistant } = trpc.assistants.get.useQuery({ id: assistantId });
  return assistant && <WholePlayground assistant={assistant} hasTalked={hasTalked} />;
}
