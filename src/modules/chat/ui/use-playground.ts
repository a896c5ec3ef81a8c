"use client";

import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { useEffect, useRef, useState } from "react";
import type { ChatMessage } from "@/modules/chat/contract";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { textOf } from "./messages";
import type { PlaygroundMemory } from "./use-playground-memory";

// Faster than the eye needs, slower than a token: the page stays smooth with any model.
const RENDER_EVERY_MS = 40;

type PlaygroundOptions = { assistantId: string; memory: PlaygroundMemory; initialMessages: ChatMessage[] };

/** One dialog of the playground: ask, stop, try again, and hear the rest of an answer after a reload. */
export function usePlayground({ assistantId, memory, initialMessages }: PlaygroundOptions) {
  const workspaceId = useWorkspaceId();
  const utils = trpc.useUtils();
  const dialogId = useRef(memory.dialogId);
  const [transport] = useState(() =>
    makeTransport({ assistantId, workspaceId, dialogId, onDialog: memory.rememberDialog }),
  );
  const chat = useChat<ChatMessage>({
    messages: initialMessages,
    transport,
    generateId: () => crypto.randomUUID(),
    resume: memory.dialogId !== undefined,
    throttle: RENDER_EVERY_MS,
    onFinish: () => {
      memory.forgetPending();
      void utils.dialogs.messages.invalidate({ dialogId: dialogId.current });
    },
  });
  const [isStopping, setIsStopping] = useState(false);
  const isBusy = chat.status === "submitted" || chat.status === "streaming";
  useEffect(() => {
    if (!isBusy) setIsStopping(false);
  }, [isBusy]);

  const ask = (text: string) => {
    memory.rememberPending(text);
    void chat.sendMessage({ text });
  };
  const retry = () => {
    chat.clearError();
    // The same message goes out again with its own id, so the server finds it instead of storing a second.
    void chat.regenerate();
  };
  const stop = async () => {
    setIsStopping(true);
    if (!dialogId.current) return chat.stop();
    await postStop(dialogId.current, workspaceId).catch(() => chat.stop());
  };
  const last = chat.messages.at(-1);
  return {
    messages: chat.messages,
    error: chat.error,
    isBusy,
    isStopping,
    /** A question without an answer that nobody is working on: after a stop, a reload or a crash. */
    isUnanswered: !isBusy && !chat.error && last !== undefined && (last.role === "user" || textOf(last) === ""),
    ask,
    retry,
    stop,
  };
}

type TransportOptions = {
  assistantId: string;
  workspaceId: string | null;
  dialogId: { current: string | undefined };
  onDialog: (id: string) => void;
};

const headersOf = (workspaceId: string | null): Record<string, string> =>
  workspaceId ? { "x-workspace-id": workspaceId } : {};

function makeTransport({ assistantId, workspaceId, dialogId, onDialog }: TransportOptions) {
  return new DefaultChatTransport<ChatMessage>({
    api: "/api/chat",
    // History lives on the server: only the new message travels.
    prepareSendMessagesRequest: ({ messages }) => {
      const asked = messages.findLast(({ role }) => role === "user");
      return {
        headers: headersOf(workspaceId),
        body: { assistantId, dialogId: dialogId.current, id: asked?.id, text: asked ? textOf(asked) : "" },
      };
    },
    prepareReconnectToStreamRequest: () => ({
      api: `/api/chat/${dialogId.current}/stream`,
      headers: headersOf(workspaceId),
    }),
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const opened = response.headers.get("x-dialog-id");
      if (opened && opened !== dialogId.current) {
        dialogId.current = opened;
        onDialog(opened);
      }
      return response;
    },
  });
}

async function postStop(dialogId: string, workspaceId: string | null): Promise<void> {
  const headers = { "content-type": "application/json", ...headersOf(workspaceId) };
  const response = await fetch("/api/chat/stop", { method: "POST", headers, body: JSON.stringify({ dialogId }) });
  if (!response.ok) throw new Error(`Stop was refused with ${response.status}.`);
}
