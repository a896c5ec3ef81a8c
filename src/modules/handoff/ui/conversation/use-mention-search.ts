"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { matchingMembers, openMention } from "@/modules/dialogs/mentions/rules";
import { trpc } from "@/trpc/client";

const SHOWN = 8;

type MentionSearch = {
  text: string;
  /** Only notes name colleagues. */
  isOn: boolean;
  /** Gets the whole text with the chosen name in it, and where the caret belongs. */
  onChoose: (text: string, caret: number) => void;
};

/** The colleagues whom an `@` in a note finds, which one is marked, and the keys of the list. */
export function useMentionSearch({ text, isOn, onChoose }: MentionSearch) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [marked, setMarked] = useState(0);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const open = isOn && closedAt !== text ? openMention(text, caret) : null;
  const team = trpc.handoff.operators.useQuery(undefined, { enabled: open !== null, staleTime: 60_000 });
  const found = open ? matchingMembers(team.data?.items ?? [], open.query).slice(0, SHOWN) : [];
  const at = Math.min(marked, Math.max(0, found.length - 1));

  const choose = (name: string | undefined) => {
    if (!open || name === undefined) return;
    const before = `${text.slice(0, open.from)}@${name} `;
    setMarked(0);
    setCaret(before.length);
    onChoose(before + text.slice(caret).replace(/^ /, ""), before.length);
  };
  /** True when the key was the list's. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (found.length === 0 || event.nativeEvent.isComposing) return false;
    if (event.key === "ArrowDown") setMarked((at + 1) % found.length);
    else if (event.key === "ArrowUp") setMarked((at - 1 + found.length) % found.length);
    else if (event.key === "Escape") setClosedAt(text);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
      choose(found[at]?.name);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    found,
    at,
    listId,
    optionId: (index: number) => `${listId}-${index}`,
    mark: setMarked,
    choose,
    onKeyDown,
    /** The caret moved, by typing or by itself. */
    follow: (position: number) => {
      setCaret(position);
      setMarked(0);
    },
  };
}

export type MentionSearchState = ReturnType<typeof useMentionSearch>;
