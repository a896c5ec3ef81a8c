"use client";

import { type KeyboardEvent, useId, useState } from "react";
import type { SavedReply } from "@/modules/handoff/replies/contract";
import { findReplies, searchOf } from "@/modules/handoff/replies/rules";
import { trpc } from "@/trpc/client";

const SHOWN = 50;

/** The list of saved replies that a slash opens: what is found, which one is marked, and its keys. */
export function useSavedReplySearch(text: string, onChoose: (reply: SavedReply) => void) {
  const listId = useId();
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [marked, setMarked] = useState(0);
  // A draft that begins with a slash opens nothing until somebody goes on writing it.
  const [isWritten, setIsWritten] = useState(false);
  const wanted = searchOf(text);
  const isOpen = isWritten && wanted !== null && closedAt !== text;
  const replies = trpc.replies.list.useQuery(undefined, { enabled: isOpen, staleTime: 60_000 });
  const found = isOpen ? findReplies(replies.data?.items ?? [], wanted).slice(0, SHOWN) : [];
  const at = Math.min(marked, Math.max(0, found.length - 1));
  const choose = (reply: SavedReply | undefined) => {
    if (!reply) return;
    setMarked(0);
    onChoose(reply);
  };
  /** True when the key was the list's. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    setIsWritten(true);
    if (!isOpen || event.nativeEvent.isComposing) return false;
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % Math.max(1, found.length),
      ArrowUp: (at - 1 + found.length) % Math.max(1, found.length),
      PageDown: Math.min(at + 8, found.length - 1),
      PageUp: Math.max(at - 8, 0),
    };
    const next = steps[event.key];
    if (next !== undefined) setMarked(Math.max(0, next));
    else if (event.key === "Escape") setClosedAt(text);
    else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey)) {
      // Nothing is found, so the slash was meant as a slash.
      if (found.length === 0) return false;
      choose(found[at]);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    isOpen,
    isPending: replies.isPending,
    hasAny: (replies.data?.items.length ?? 0) > 0,
    found,
    at,
    listId,
    optionId: (index: number) => `${listId}-${index}`,
    mark: setMarked,
    choose,
    onKeyDown,
    reset: () => {
      setIsWritten(true);
      setMarked(0);
    },
  };
}

export type SavedReplySearch = ReturnType<typeof useSavedReplySearch>;
