"use client";

import type { DialogDetail, MessageItem } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";

// Fast enough to read along; each look makes the turn write its words down once.
const LOOK_MS = 400;
/** The longest that an answer takes. */
const ANSWER_MS = 120_000;

/** What the assistant is writing in the dialog, watched only while a question waits for it, and what takeovers stopped. */
export function useLiveAnswer(dialog: DialogDetail, last: MessageItem | undefined) {
  const isWithAssistant = dialog.status === "open" && dialog.handoffStatus === "none";
  const live = trpc.chat.live.useQuery(
    { dialogId: dialog.id },
    {
      refetchInterval: () => (isWithAssistant && isOpenQuestion(last) ? LOOK_MS : false),
      staleTime: 0,
    },
  );
  const running = isWithAssistant && isOpenQuestion(last) ? live.data?.running : null;
  return { running: running ? running.text : null, unsent: live.data?.unsent ?? [] };
}

function isOpenQuestion(last: MessageItem | undefined): boolean {
  return last?.author === "visitor" && Date.now() - last.createdAt.getTime() < ANSWER_MS;
}
