"use client";

import type { ReactNode } from "react";
import { LazyPlayground, preloadPlayground } from "@/modules/chat/ui/lazy-playground";
import { trpc } from "@/trpc/client";

preloadPlayground();

/** The playground as a page of its own; the layout has loaded the assistant already. */
export function AssistantPlayground({ assistantId, standIn }: { assistantId: string; standIn: ReactNode }) {
  const { data: assistant } = trpc.assistants.get.useQuery({ id: assistantId });
  return assistant && <LazyPlayground assistant={assistant} standIn={standIn} />;
}
