"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Citation, MessageItem } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";
import { readLines } from "./read-lines";

export type Suggestion = {
  /** `heard` is the visitor's message in the reader's language: nothing to be sent. */
  kind: "draft" | "translation" | "heard";
  text: string;
  sources: readonly Citation[];
  isDemo: boolean;
  status: "writing" | "done" | "failed";
};

type Part = { type: string; text?: string; source?: Citation; isDemo?: boolean };
type Wish = "write" | "again" | "shorter";

const begun = (kind: Suggestion["kind"]): Suggestion => ({
  kind,
  text: "",
  sources: [],
  isDemo: false,
  status: "writing",
});

/**
 * Words that are offered above the box and never put into it unasked: a draft of the assistant, or a translation. They go when
 * anybody replies, because they answer what stood there before.
 */
export function useSuggestion(
  dialogId: string,
  workspaceId: string,
  messages: readonly Pick<MessageItem, "seq" | "author">[],
  onStale: () => void,
) {
  const [shown, setShown] = useState<Suggestion | null>(null);
  const running = useRef<AbortController>(undefined);
  const repliedSeq = messages.findLast(({ author }) => author === "operator" || author === "assistant")?.seq ?? 0;
  const [sinceSeq, setSinceSeq] = useState(repliedSeq);
  const { mutateAsync } = trpc.chat.translate.useMutation();

  const begin = (kind: Suggestion["kind"]): AbortSignal => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setSinceSeq(repliedSeq);
    setShown(begun(kind));
    return controller.signal;
  };
  const stop = () => {
    running.current?.abort();
    setShown(null);
  };
  const drop = useEffectEvent(() => {
    stop();
    onStale();
  });
  const isStale = shown !== null && shown.kind !== "heard" && repliedSeq > sinceSeq;
  useEffect(() => {
    if (isStale) drop();
  }, [isStale]);
  // Whoever leaves the dialog wants no words for it any more.
  useEffect(() => () => running.current?.abort(), []);

  const hear = ({ type, text, source, isDemo }: Part) => {
    if (type === "stale") {
      stop();
      return onStale();
    }
    setShown((now) => {
      if (!now) return now;
      if (type === "text") return { ...now, text: now.text + (text ?? "") };
      if (type === "source" && source) return { ...now, sources: [...now.sources, source] };
      if (type === "model") return { ...now, isDemo: isDemo === true };
      return { ...now, status: type === "done" ? "done" : "failed" };
    });
  };

  return {
    shown,
    stop,
    draft: async (wish: Wish) => {
      const earlier = wish === "write" ? "" : (shown?.text ?? "");
      const signal = begin("draft");
      const headers = { "content-type": "application/json", "x-workspace-id": workspaceId };
      const body = JSON.stringify({ dialogId, wish, earlier });
      try {
        const response = await fetch("/api/chat/draft", { method: "POST", headers, body, signal });
        if (!response.ok || !response.body) return hear({ type: "failed" });
        for await (const part of readLines<Part>(response.body)) if (!signal.aborted) hear(part);
      } catch {
        if (!signal.aborted) hear({ type: "failed" });
      }
    },
    translate: async (text: string, kind: "translation" | "heard") => {
      const signal = begin(kind);
      const reader = kind === "heard" ? "member" : "visitor";
      try {
        const translated = await mutateAsync({ dialogId, text, reader });
        if (signal.aborted) return;
        hear({ type: "text", text: translated.text });
        hear({ type: "done" });
      } catch {
        if (!signal.aborted) hear({ type: "failed" });
      }
    },
  };
}
