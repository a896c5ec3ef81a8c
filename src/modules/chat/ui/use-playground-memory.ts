"use client";

import { useState } from "react";
import { PLAYGROUND_COOKIE } from "@/modules/chat/playground-cookie";

export type PlaygroundMemory = {
  /** Grows with every reset; the chat is made anew for it. */
  session: number;
  dialogId: string | undefined;
  rememberDialog: (id: string) => void;
  rememberPending: (text: string) => void;
  forgetPending: () => void;
  readPending: () => string;
  reset: () => void;
};

/** What this browser keeps of a playground: its dialog, and the words that were sent but never confirmed. */
export function usePlaygroundMemory(assistantId: string): PlaygroundMemory {
  const dialogKey = `playground-dialog:${assistantId}`;
  const pendingKey = `playground-pending:${assistantId}`;
  const [session, setSession] = useState(0);
  const [dialogId, setDialogId] = useState(() => read(dialogKey));
  return {
    session,
    dialogId,
    // Kept for the next visit only: the running chat must not be made anew in the middle of an answer.
    rememberDialog: (id) => {
      write(dialogKey, id);
      tellServer(assistantId, { hasTalked: true });
    },
    rememberPending: (text) => write(pendingKey, text),
    forgetPending: () => write(pendingKey, undefined),
    readPending: () => read(pendingKey) ?? "",
    reset: () => {
      write(dialogKey, undefined);
      tellServer(assistantId, { hasTalked: false });
      write(pendingKey, undefined);
      setDialogId(undefined);
      setSession((now) => now + 1);
    },
  };
}

const YEAR_SECONDS = 31_536_000;

/** For the assistant's own pages, whose address every playground stands at. */
function tellServer(assistantId: string, { hasTalked }: { hasTalked: boolean }): void {
  const { pathname } = window.location;
  const at = pathname.indexOf(assistantId);
  // Whoever has left meanwhile is greeted once too often.
  if (at === -1) return;
  const path = pathname.slice(0, at + assistantId.length);
  document.cookie = `${PLAYGROUND_COOKIE}=1; path=${path}; max-age=${hasTalked ? YEAR_SECONDS : 0}; samesite=lax`;
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Without storage the playground works, it only forgets at a reload.
  }
}
