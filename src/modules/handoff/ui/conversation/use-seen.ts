"use client";

import { useEffect, useEffectEvent } from "react";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";

/** Whoever has the conversation before the eyes has read it: its messages, and the notes that name the person. */
export function useSeen(dialog: DialogDetail | undefined): void {
  const utils = trpc.useUtils();
  const { mutate: markRead } = trpc.dialogs.markRead.useMutation();
  const { mutate: readMentions } = trpc.handoff.readMentions.useMutation({
    onSuccess: ({ read }) => (read > 0 ? utils.inbox.counts.invalidate() : undefined),
  });
  const notes = trpc.dialogs.notes.useQuery({ dialogId: dialog?.id ?? "" }, { enabled: dialog !== undefined });
  const me = trpc.users.me.useQuery(undefined, { staleTime: 60_000 });
  const newestMention = notes.data?.items.find(({ mentions }) => mentions.some(({ userId }) => userId === me.data?.id));
  const id = dialog?.id;
  const unread = dialog?.unreadCount ?? 0;
  const mentionId = newestMention?.id;
  const look = useEffectEvent(() => {
    if (!id || document.visibilityState !== "visible") return;
    if (unread > 0) markRead({ dialogId: id });
    if (mentionId !== undefined) readMentions({ dialogId: id });
  });
  useEffect(() => {
    look();
    const onChange = () => look();
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, [id, unread, mentionId]);
}
